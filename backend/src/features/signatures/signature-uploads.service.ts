import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { GuardError, messageOf } from '@guardimesh/kit'
import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ChangedBy, changedBy } from '../../platform/audit/changed-by.js'
import { auditActorOf } from '../../platform/audit/request-origin.js'
import { allowSlowBody } from '../../platform/http/route-body.js'
import { forwardStream } from './forward-stream.js'
import { SignatureChangesService } from './signature-changes.service.js'
import { isCredentialError, managementKeyRejected, SignatureServerClient, serverUnavailable } from './signature-server-client.js'

/** Paths of uploads in the backend and on the signature server. */
const OWN_PATH = '/api/signatures/uploads'
const SERVER_PATH = 'v1/uploads'
const UPLOAD_ID = /^[A-Za-z0-9_-][A-Za-z0-9._~-]{0,99}$/
/** Headers of the tus protocol; no others are forwarded. */
const REQUEST_HEADERS = [
  'content-type',
  'tus-resumable',
  'upload-length',
  'upload-offset',
  'upload-metadata',
  'upload-defer-length',
  'upload-checksum',
]
const RESPONSE_HEADERS = [
  ...['content-type', 'retry-after', 'tus-resumable', 'tus-version', 'tus-extension', 'tus-max-size', 'tus-checksum-algorithm'],
  ...['upload-offset', 'upload-length', 'upload-defer-length', 'upload-metadata', 'upload-expires'],
]

/** One request of an upload. */
export interface UploadRequest {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly by: ChangedBy
  /** Undefined for the collection of uploads. */
  readonly uploadId: string | undefined
}

/** The UploadRequest of a request. */
export const CurrentUpload = createParamDecorator((_: unknown, context: ExecutionContext): UploadRequest => {
  const http = context.switchToHttp()
  const request = http.getRequest<FastifyRequest<{ Params: { uploadId?: string } }>>()
  return { request, reply: http.getResponse<FastifyReply>(), by: changedBy(request), uploadId: request.params.uploadId }
})

/** Forwards resumable uploads (tus 1.0) to the signature server without storing them. */
@Injectable()
export class SignatureUploadsService {
  constructor(
    private readonly client: SignatureServerClient,
    private readonly changes: SignatureChangesService,
  ) {}

  /**
   * Forwards a request and sets status and headers of the reply from the response.
   *
   * @returns the response body; undefined if there is none.
   * @throws GuardError UPLOAD_NOT_FOUND for an invalid id, SIGNATURE_SERVER_UNAVAILABLE.
   */
  async forward(upload: UploadRequest): Promise<Readable | undefined> {
    const { request, reply, by, uploadId } = upload
    if (uploadId !== undefined && !UPLOAD_ID.test(uploadId)) throw new GuardError('UPLOAD_NOT_FOUND', 'upload not found: invalid id')
    const answer = await this.#forward(upload)
    const status = answer.statusCode ?? 502
    if (isCredentialError(status)) {
      answer.destroy()
      throw managementKeyRejected()
    }
    const createdId = status === 201 ? lastPart(answer.headers.location) : undefined
    if (createdId !== undefined) await this.changes.record({ action: 'signatures.upload', target: createdId }, by)
    if (request.method === 'DELETE' && status === 204)
      await this.changes.record({ action: 'signatures.delete-upload', target: uploadId ?? '' }, by)
    // The rest of the request body is not read.
    if (!request.raw.complete) reply.header('connection', 'close')
    if (createdId !== undefined) reply.header('location', `${OWN_PATH}/${createdId}`)
    void reply.status(status).headers(pick(answer.headers, RESPONSE_HEADERS))
    if (request.method !== 'HEAD') return answer
    answer.resume()
    return undefined
  }

  async #forward({ request, reply, by, uploadId }: UploadRequest): Promise<IncomingMessage> {
    const path = uploadId === undefined ? SERVER_PATH : `${SERVER_PATH}/${uploadId}`
    const { url, caFile, headers } = this.client.target(path, auditActorOf(by.actor).name)
    const body = request.body instanceof Readable ? request.body : undefined
    const sizeBytes = body ? request.headers['content-length'] : '0'
    const gone = new AbortController()
    // Aborts when the client disconnects; has no effect after the response.
    reply.raw.once('close', () => gone.abort())
    if (body) allowSlowBody(request.raw)
    try {
      return await forwardStream({
        url,
        caFile,
        method: request.method,
        headers: {
          ...pick(request.headers, REQUEST_HEADERS),
          ...(sizeBytes === undefined ? {} : { 'content-length': sizeBytes }),
          ...headers,
        },
        body,
        signal: gone.signal,
      })
    } catch (error) {
      if (gone.signal.aborted) throw new GuardError('BODY_INVALID', 'the client disconnected during an upload', {}, { cause: error })
      throw serverUnavailable(`the signature server at ${url.host} is unreachable: ${messageOf(error)}`, error)
    }
  }
}

function pick(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])))
}

/** Returns the id at the end of an absolute or relative upload URL. */
function lastPart(location: string | undefined): string | undefined {
  const uploadId = location?.split('?', 1)[0]?.split('/').at(-1)
  return uploadId !== undefined && UPLOAD_ID.test(uploadId) ? uploadId : undefined
}
