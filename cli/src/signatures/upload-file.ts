import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { fingerprint, type SignatureKind } from '@guardimesh/signature-format'
import { DefaultHttpStack, type DetailedError, Upload, type UploadOptions } from 'tus-js-client'
import { CommandError } from '../command-error.js'
import { formatBytes } from '../terminal/format.js'
import type { Report } from '../terminal/steps.js'
import type { SignatureClient } from './signature-client.js'
import type { UploadStateStore } from './upload-state.js'

/** Size of one request. Proxies limit request bodies, and after an interruption one chunk is sent again. */
const CHUNK_BYTES = 8 * 1024 * 1024
/** Retries for about a minute, long enough for a network interruption or a restart of the server. */
const RETRY_DELAYS_MS = [500, 1000, 2000, 5000, 10_000, 20_000, 30_000]

/** A file to upload. */
export interface UploadSource {
  readonly path: string
  readonly kind: SignatureKind
}

export interface UploadContext {
  readonly service: SignatureClient
  readonly state: UploadStateStore
  readonly report: Report
}

/** A finished upload and its key in the state file. */
export interface FinishedUpload {
  readonly uploadId: string
  readonly stateKey: string
}

/**
 * Uploads a file with the tus protocol. Resumes an earlier upload of the same content.
 *
 * @throws CommandError when the server rejects the file or is unavailable for more than a minute.
 */
export async function uploadFile({ path, kind }: UploadSource, context: UploadContext): Promise<FinishedUpload> {
  const { service, state, report } = context
  const name = basename(path)
  report(`reading ${name}`)
  const { sha256, sizeBytes } = await fingerprint(path)
  const blob = await openAsBlob(path)
  const stateKey = `${service.uploadsUrl} ${kind}/${name} ${sha256}`
  const url = await new Promise<string>((resolve, reject) => {
    const upload: Upload = new Upload(blob, {
      ...optionsFor(service),
      uploadUrl: state.find(stateKey) ?? null,
      uploadSize: sizeBytes,
      metadata: { filename: name, kind, sha256 },
      onUploadUrlAvailable: () => state.save(stateKey, upload.url ?? ''),
      onProgress: (sentBytes) => report(`uploading ${name}: ${formatBytes(sentBytes)} of ${formatBytes(sizeBytes)}`),
      onSuccess: () => resolve(upload.url ?? ''),
      onError: (error) => reject(new CommandError(describe(name, error), { cause: error })),
    })
    upload.start()
  })
  return { uploadId: new URL(url).pathname.split('/').at(-1) ?? '', stateKey }
}

function optionsFor(service: SignatureClient): UploadOptions {
  return {
    endpoint: service.uploadsUrl,
    headers: service.headers,
    chunkSize: CHUNK_BYTES,
    retryDelays: [...RETRY_DELAYS_MS],
    storeFingerprintForResuming: false,
    httpStack: new DefaultHttpStack(service.ca === undefined ? {} : { ca: service.ca }),
    fileReader: { openFile: openBlob },
  }
}

/** Unlike the library's readers for buffers and streams, this one holds only the current chunk in memory. */
async function openBlob(blob: Blob) {
  return {
    size: blob.size,
    slice: async (start: number, end: number) => {
      const content = Buffer.from(await blob.slice(start, end).arrayBuffer())
      // The library sets the content length from `size`.
      return { value: Object.assign(content, { size: content.length }), done: end >= blob.size }
    },
    close: () => {},
  }
}

function describe(name: string, error: Error | DetailedError): string {
  const answer = 'originalResponse' in error ? error.originalResponse : null
  if (answer)
    return `The server rejected ${name} (status ${answer.getStatus()}): ${answer.getBody().trim().slice(0, 500) || 'no reason given'}`
  const cause = 'causingError' in error ? error.causingError : null
  return `The upload of ${name} failed: ${(cause ?? error).message}. Run the same command again to resume it.`
}
