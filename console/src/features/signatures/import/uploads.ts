import { MIB_BYTES, Problem, SECOND_MS } from '@guardimesh/contracts'
import { type DetailedError, defaultOptions, type PreviousUpload, Upload } from 'tus-js-client'
import { ApiError, ApiUnavailable } from '../../../api/errors.js'
import { Sha256 } from './sha256.js'

const ENDPOINT = '/api/signatures/uploads'
/** Maximum number of bytes that are sent again after a connection loss. */
const CHUNK_BYTES = 8 * MIB_BYTES
/** Delays between retries; together longer than a restart of the backend. */
const RETRY_DELAYS_MS = [1, 3, 10, 30].map((seconds) => seconds * SECOND_MS)
/** The signature server deletes uploads after this time. Source: docs/reference/signatures.md, "uploads/" */
const UPLOAD_RETENTION_MS = 86_400 * SECOND_MS

/** Small enough to keep the page responsive while a file is hashed. */
const READ_BYTES = 2 * MIB_BYTES

export type UploadKind = 'clamav' | 'yara'

/**
 * Computes the SHA-256 of a file, which the signature server verifies after the upload.
 *
 * @param onProgress receives the number of bytes hashed so far.
 * @throws the signal's reason if cancelled.
 */
export async function hashFile(file: File, onProgress: (readBytes: number) => void, signal: AbortSignal): Promise<string> {
  const hash = new Sha256()
  for (let at = 0; at < file.size; at += READ_BYTES) {
    signal.throwIfAborted()
    hash.update(new Uint8Array(await file.slice(at, at + READ_BYTES).arrayBuffer()))
    onProgress(Math.min(at + READ_BYTES, file.size))
  }
  return hash.digestHex()
}

interface UploadOptions {
  kind: UploadKind
  sha256: string
  /** Receives the number of bytes on the server; the first call has the offset at which an earlier upload is resumed. */
  onProgress: (sentBytes: number) => void
  signal: AbortSignal
}

/**
 * Uploads a file. Resumes an earlier upload of the same file, also after a reload.
 *
 * @returns the upload ID.
 * @throws ApiError, ApiUnusable if all retries failed; the signal's reason if cancelled. A cancelled upload is deleted from the server.
 */
export async function uploadFile(file: File, { kind, sha256, onProgress, signal }: UploadOptions): Promise<string> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: ENDPOINT,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      metadata: { filename: file.name, kind, sha256 },
      onProgress,
      onSuccess: () => resolve(uploadIdOf(upload.url)),
      onError: (error) => reject(toApiFailure(error)),
    })
    const cancel = () => {
      reject(signal.reason)
      // If this request fails, the server deletes the upload within a day.
      void upload.abort(true).catch(() => undefined)
    }
    signal.addEventListener('abort', cancel, { once: true })
    upload
      .findPreviousUploads()
      .then(([previous]) => {
        if (signal.aborted) return
        if (previous) upload.resumeFromPreviousUpload(previous)
        upload.start()
      })
      .catch(reject)
  })
}

/** Lists uploads of this browser that were not imported and that the server still has; newest first. */
export async function listInterruptedUploads(nowMs = Date.now()): Promise<{ name: string; startedAt: string }[]> {
  const known = await allUploads()
  return known
    .map(({ metadata, creationTime }) => ({ name: metadata.filename ?? '', startedAtMs: Date.parse(creationTime) }))
    .filter(({ name, startedAtMs }) => name !== '' && nowMs - startedAtMs < UPLOAD_RETENTION_MS)
    .toSorted((a, b) => b.startedAtMs - a.startedAtMs)
    .map(({ name, startedAtMs }) => ({ name, startedAt: new Date(startedAtMs).toISOString() }))
}

/** Deletes the local records of uploads by file name, once they are imported or discarded. */
export async function discardUploads(names: readonly string[]): Promise<void> {
  for (const { metadata, urlStorageKey } of await allUploads())
    if (names.includes(metadata.filename ?? '')) await defaultOptions.urlStorage.removeUpload(urlStorageKey)
}

async function allUploads(): Promise<PreviousUpload[]> {
  return defaultOptions.urlStorage.findAllUploads()
}

const uploadIdOf = (url: string | null) => decodeURIComponent(url?.split('/').at(-1) ?? '')

/** Converts an upload error to the errors of the API client. */
function toApiFailure(error: Error | DetailedError): Error {
  const body = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined
  if (!body) return new ApiUnavailable('unreachable', error)
  const problem = Problem.safeParse(parseJson(body))
  return problem.success ? new ApiError(problem.data) : new ApiUnavailable('unexpected', error)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
