import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { fingerprint, type SignatureKind } from '@guardimesh/signature-format'
import { DefaultHttpStack, type DetailedError, Upload, type UploadOptions } from 'tus-js-client'
import { CommandError } from '../command-error.js'
import { formatBytes } from '../terminal/format.js'
import type { Report } from '../terminal/steps.js'
import type { SignatureService } from './signature-service.js'
import type { UploadMemory } from './upload-memory.js'

/** Of one request: proxies in between limit bodies, and so much is sent again at most. */
const CHUNK_BYTES = 8 * 1024 * 1024
/** A line that is away for a minute, or a server that is restarted, is waited for. */
const RETRY_DELAYS_MS = [500, 1000, 2000, 5000, 10_000, 20_000, 30_000]

/** A file that is to be uploaded. */
export interface UploadSource {
  readonly path: string
  readonly kind: SignatureKind
}

export interface UploadContext {
  readonly service: SignatureService
  readonly memory: UploadMemory
  readonly report: Report
}

/** An upload that is whole, and under which name its address was kept. */
export interface DoneUpload {
  readonly uploadId: string
  readonly memoryName: string
}

/**
 * Uploads a file by the tus protocol, from where an earlier try of the same content stopped.
 *
 * @throws CommandError when the server refuses it or does not answer for more than a minute.
 */
export async function uploadFile({ path, kind }: UploadSource, context: UploadContext): Promise<DoneUpload> {
  const { service, memory, report } = context
  const name = basename(path)
  report(`read ${name}`)
  const { sha256, sizeBytes } = await fingerprint(path)
  const blob = await openAsBlob(path)
  const memoryName = `${service.uploadsUrl} ${kind}/${name} ${sha256}`
  const url = await new Promise<string>((resolve, reject) => {
    const upload: Upload = new Upload(blob, {
      ...optionsFor(service),
      uploadUrl: memory.find(memoryName) ?? null,
      uploadSize: sizeBytes,
      metadata: { filename: name, kind, sha256 },
      onUploadUrlAvailable: () => memory.remember(memoryName, upload.url ?? ''),
      onProgress: (sentBytes) => report(`upload ${name}: ${formatBytes(sentBytes)} of ${formatBytes(sizeBytes)}`),
      onSuccess: () => resolve(upload.url ?? ''),
      onError: (error) => reject(new CommandError(describe(name, error), { cause: error })),
    })
    upload.start()
  })
  return { uploadId: new URL(url).pathname.split('/').at(-1) ?? '', memoryName }
}

function optionsFor(service: SignatureService): UploadOptions {
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

/** The library's own reader takes buffers and streams; of a file only the chunk that is sent is in memory. */
async function openBlob(blob: Blob) {
  return {
    size: blob.size,
    slice: async (start: number, end: number) => {
      const content = Buffer.from(await blob.slice(start, end).arrayBuffer())
      // By `size` the library says how long the body is.
      return { value: Object.assign(content, { size: content.length }), done: end >= blob.size }
    },
    close: () => {},
  }
}

function describe(name: string, error: Error | DetailedError): string {
  const answer = 'originalResponse' in error ? error.originalResponse : null
  if (answer)
    return `${name} was not taken (status ${answer.getStatus()}): ${answer.getBody().trim().slice(0, 500) || 'no reason was given'}`
  const cause = 'causingError' in error ? error.causingError : null
  return `The upload of ${name} broke off: ${(cause ?? error).message}. Run the same command again: it goes on where it stopped.`
}
