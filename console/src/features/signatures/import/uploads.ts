import { MIB_BYTES, Problem, SECOND_MS } from '@guardimesh/contracts'
import { type DetailedError, defaultOptions, type PreviousUpload, Upload } from 'tus-js-client'
import { ApiError, ApiUnusable } from '../../../api/errors.js'
import { Sha256 } from './sha256.js'

const ENDPOINT = '/api/signatures/uploads'
/** So much is sent again at most when the line breaks. */
const CHUNK_BYTES = 8 * MIB_BYTES
/** Pauses before the next try: a backend that restarts is back in this time. */
const RETRY_DELAYS_MS = [1, 3, 10, 30].map((seconds) => seconds * SECOND_MS)
/** The signature server forgets uploads after this time. Source: docs/reference/signatures.md, "uploads/" */
const KEPT_MS = 86_400 * SECOND_MS

/** Short enough that the page does not stand still while it is hashed. */
const READ_BYTES = 2 * MIB_BYTES

export type UploadKind = 'clamav' | 'yara'

/**
 * SHA-256 of a file, which the signature server compares with what arrives.
 *
 * @param onProgress gets the bytes that are read so far.
 * @throws the signal's reason when it was cancelled.
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
  /** Bytes that the server has; the first call says where an earlier upload goes on. */
  onProgress: (sentBytes: number) => void
  signal: AbortSignal
}

/**
 * Sends one file; goes on where an earlier upload of the same file ended, also after a reload.
 *
 * @returns the upload's id.
 * @throws ApiError, ApiUnusable when it failed for good; the signal's reason when it was cancelled. What was sent is then forgotten by the server, too.
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
      // The server forgets what it has within a day when it cannot be told.
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

/** Uploads of this browser that were not brought in yet and that the server still has; newest first. */
export async function listUnfinished(nowMs = Date.now()): Promise<{ name: string; startedAt: string }[]> {
  const known = await allUploads()
  return known
    .map(({ metadata, creationTime }) => ({ name: metadata.filename ?? '', startedAtMs: Date.parse(creationTime) }))
    .filter(({ name, startedAtMs }) => name !== '' && nowMs - startedAtMs < KEPT_MS)
    .toSorted((a, b) => b.startedAtMs - a.startedAtMs)
    .map(({ name, startedAtMs }) => ({ name, startedAt: new Date(startedAtMs).toISOString() }))
}

/** Forgets uploads by their files' names, once they are brought in or given up. */
export async function forgetUploads(names: readonly string[]): Promise<void> {
  for (const { metadata, urlStorageKey } of await allUploads())
    if (names.includes(metadata.filename ?? '')) await defaultOptions.urlStorage.removeUpload(urlStorageKey)
}

async function allUploads(): Promise<PreviousUpload[]> {
  return defaultOptions.urlStorage.findAllUploads()
}

const uploadIdOf = (url: string | null) => decodeURIComponent(url?.split('/').at(-1) ?? '')

/** What the backend said, when it said something. */
function toApiFailure(error: Error | DetailedError): Error {
  const body = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined
  if (!body) return new ApiUnusable('unreachable', error)
  const problem = Problem.safeParse(parseJson(body))
  return problem.success ? new ApiError(problem.data) : new ApiUnusable('unexpected', error)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
