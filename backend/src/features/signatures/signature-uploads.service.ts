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

/** Where uploads are, here and there. */
const OWN_PATH = '/api/signatures/uploads'
const SERVER_PATH = 'v1/uploads'
const UPLOAD_ID = /^[A-Za-z0-9_-][A-Za-z0-9._~-]{0,99}$/
/** What the tus protocol says in headers; nothing else of either side reaches the other. */
const REQUEST_HEADERS = [
  'content-type',
  'tus-resumable',
  'upload-length',
  'upload-offset',
  'upload-metadata',
  'upload-defer-length',
  'upload-checksum',
]
const ANSWER_HEADERS = [
  ...['content-type', 'retry-after', 'tus-resumable', 'tus-version', 'tus-extension', 'tus-max-size', 'tus-checksum-algorithm'],
  ...['upload-offset', 'upload-length', 'upload-defer-length', 'upload-metadata', 'upload-expires'],
]

/** One request of an upload. */
export interface UploadRequest {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly by: ChangedBy
  /** Undefined for the list of uploads itself, where new ones are made. */
  readonly uploadId: string | undefined
}

/** The UploadRequest of a request. */
export const CurrentUpload = createParamDecorator((_: unknown, context: ExecutionContext): UploadRequest => {
  const http = context.switchToHttp()
  const request = http.getRequest<FastifyRequest<{ Params: { uploadId?: string } }>>()
  return { request, reply: http.getResponse<FastifyReply>(), by: changedBy(request), uploadId: request.params.uploadId }
})

/** Passes resumable uploads (tus 1.0) through to the signature server, both ways, without keeping any of it. */
@Injectable()
export class SignatureUploadsService {
  constructor(
    private readonly client: SignatureServerClient,
    private readonly changes: SignatureChangesService,
  ) {}

  /**
   * Answers as the signature server does: sets status and headers of the reply.
   *
   * @returns the body of the answer; undefined when there is none.
   * @throws GuardError UPLOAD_NOT_FOUND for what is no id, SIGNATURE_SERVER_UNAVAILABLE.
   */
  async pass(upload: UploadRequest): Promise<Readable | undefined> {
    const { request, reply, by, uploadId } = upload
    if (uploadId !== undefined && !UPLOAD_ID.test(uploadId))
      throw new GuardError('UPLOAD_NOT_FOUND', 'there is no such upload: this is no id of one')
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
    // What is still to come of the body is read by nobody.
    if (!request.raw.complete) reply.header('connection', 'close')
    if (createdId !== undefined) reply.header('location', `${OWN_PATH}/${createdId}`)
    void reply.status(status).headers(pick(answer.headers, ANSWER_HEADERS))
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
    // Also when the client goes away; after the answer there is nothing left to abort.
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
      if (gone.signal.aborted) throw new GuardError('BODY_INVALID', 'the client went away in the middle of an upload', {}, { cause: error })
      throw serverUnavailable(`the signature server at ${url.host} cannot be reached: ${messageOf(error)}`, error)
    }
  }
}

function pick(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])))
}

/** The id at the end of an upload's address, which may be absolute or not. */
function lastPart(location: string | undefined): string | undefined {
  const uploadId = location?.split('?', 1)[0]?.split('/').at(-1)
  return uploadId !== undefined && UPLOAD_ID.test(uploadId) ? uploadId : undefined
}
