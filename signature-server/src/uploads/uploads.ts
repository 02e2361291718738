import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { DAY_MS, HOUR_MS } from '@guardimesh/contracts'
import { background, GuardError, type Logger, messageOf, sizeOf, systemCodeOf, toProblem, unlessMissing } from '@guardimesh/kit'
import { fingerprint, type SignatureKind } from '@guardimesh/signature-format'
import { Server } from '@tus/server'
import { z } from 'zod'
import { MAX_UPLOAD_BYTES, requireAcceptable, UploadMetadata } from './upload-rules.js'
import { noSpace, VolumeStore } from './volume-store.js'

export const UPLOADS_PATH = '/v1/uploads'
const UPLOAD_ID = /^[0-9a-f]{32}$/
/** Time after the last change that an upload is removed, unless it was imported. */
const RETENTION_MS = DAY_MS
const SWEEP_INTERVAL_MS = HOUR_MS

/** The JSON file that the tus store writes next to each upload. */
const StoredUpload = z.object({ size: z.number().int().min(0), metadata: UploadMetadata })

/** A finished upload. */
export interface FinishedUpload {
  readonly uploadId: string
  readonly name: string
  readonly kind: SignatureKind
  readonly path: string
  readonly sizeBytes: number
}

/** Resumable uploads with the tus protocol, in `uploads/`: one file and one metadata file per upload. */
export class Uploads implements Disposable {
  readonly #folder: string
  readonly #log: Logger
  readonly #server: Server
  readonly #timer: NodeJS.Timeout

  private constructor(folder: string, log: Logger) {
    this.#folder = folder
    this.#log = log
    const datastore = new VolumeStore({ directory: folder })
    this.#server = new Server({
      path: UPLOADS_PATH,
      datastore,
      relativeLocation: true,
      maxSize: MAX_UPLOAD_BYTES,
      allowedOrigins: [],
      // Without this check the library would accept the metadata file "<id>.json" as an upload.
      getFileIdFromRequest: (_request, name) => (name !== undefined && UPLOAD_ID.test(name) ? name : undefined),
      onUploadCreate: async (_request, { size, metadata }) => {
        requireAcceptable({ metadata, sizeBytes: size, ...(await this.totals()) })
        await datastore.requireSpace(size ?? 0)
        return {}
      },
      onResponseError: (_request, error) => this.#toResponse(error),
    })
    this.#timer = setInterval(() => background(log, 'remove old uploads', this.#removeOld()), SWEEP_INTERVAL_MS).unref()
  }

  static async open(folder: string, log: Logger): Promise<Uploads> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const uploads = new Uploads(folder, log)
    await uploads.#removeOld()
    return uploads
  }

  /** Handles a request of the tus protocol. The caller has authorized it. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Downloads of uploads are not supported.
    if (request.method === 'GET') throw new GuardError('ROUTE_NOT_FOUND', 'uploads cannot be downloaded; use HEAD to query the progress')
    await this.#server.handle(request, response)
  }

  /** Returns the number of complete and incomplete uploads, and their total final size. */
  async totals(): Promise<{ count: number; totalBytes: number }> {
    const found = await Promise.all((await this.#ids()).map((uploadId) => this.#describe(uploadId)))
    const sizes = found.filter((one) => one !== undefined).map(({ size }) => size)
    return { count: sizes.length, totalBytes: sizes.reduce((sum, size) => sum + size, 0) }
  }

  /**
   * Returns finished uploads after verifying size and digest.
   *
   * @throws GuardError UPLOAD_NOT_FOUND; BODY_INVALID for duplicate names; SIGNATURES_INVALID for a digest
   * mismatch, after removing the upload.
   */
  async requireFinished(uploadIds: readonly string[]): Promise<FinishedUpload[]> {
    const found: FinishedUpload[] = []
    for (const uploadId of new Set(uploadIds)) found.push(await this.#finished(uploadId))
    const duplicate = found.find(({ kind, name }, index) => found.findIndex((one) => one.kind === kind && one.name === name) !== index)
    if (duplicate) throw new GuardError('BODY_INVALID', `duplicate uploads of ${duplicate.name}; select one of them`)
    return found
  }

  /** Removes uploads. Ignores missing files. */
  async remove(uploadIds: readonly string[]): Promise<void> {
    for (const uploadId of uploadIds)
      for (const path of [this.#pathOf(uploadId), `${this.#pathOf(uploadId)}.json`]) await rm(path, { force: true })
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  async #finished(uploadId: string): Promise<FinishedUpload> {
    const described = UPLOAD_ID.test(uploadId) ? await this.#describe(uploadId) : undefined
    if (!described) throw new GuardError('UPLOAD_NOT_FOUND', `upload ${uploadId.replace(/[^ -~]/g, '?')} not found; upload the file again`)
    const { size, metadata } = described
    const path = this.#pathOf(uploadId)
    const receivedBytes = await sizeOf(path)
    if (receivedBytes !== size)
      throw new GuardError(
        'UPLOAD_NOT_FOUND',
        `${metadata.filename} is incomplete: ${receivedBytes} of ${size} bytes received; resume the upload`,
      )
    const { sha256 } = await fingerprint(path)
    if (sha256 !== metadata.sha256) {
      await this.remove([uploadId])
      throw new GuardError(
        'SIGNATURES_INVALID',
        `${metadata.filename} has SHA-256 ${sha256} instead of ${metadata.sha256}; upload it again`,
      )
    }
    return { uploadId, name: metadata.filename, kind: metadata.kind, path, sizeBytes: size }
  }

  async #describe(uploadId: string): Promise<z.infer<typeof StoredUpload> | undefined> {
    const text = await unlessMissing(readFile(`${this.#pathOf(uploadId)}.json`, 'utf8'), undefined)
    try {
      return text === undefined ? undefined : StoredUpload.parse(JSON.parse(text))
    } catch (error) {
      // The process was killed while writing the metadata, before any content was received.
      this.#log.warn({ uploadId, reason: messageOf(error) }, 'ignoring upload with invalid metadata')
      return undefined
    }
  }

  async #ids(): Promise<string[]> {
    return (await readdir(this.#folder)).filter((name) => UPLOAD_ID.test(name))
  }

  async #removeOld(): Promise<void> {
    const oldestMs = Date.now() - RETENTION_MS
    for (const name of await readdir(this.#folder)) {
      const uploadId = name.replace(/\.json$/, '')
      // The newer of both times counts: the file changes with each chunk, the metadata only once.
      const stats = await unlessMissing(stat(this.#pathOf(uploadId)), undefined)
      const described = await unlessMissing(stat(join(this.#folder, name)), undefined)
      if (Math.max(stats?.mtimeMs ?? 0, described?.mtimeMs ?? 0) >= oldestMs) continue
      this.#log.info({ uploadId }, 'removing expired upload')
      await this.remove([uploadId])
    }
  }

  #pathOf(uploadId: string): string {
    return join(this.#folder, uploadId)
  }

  /** Converts our errors to responses. Errors of the library already are responses. */
  #toResponse(error: Error | { status_code: number; body: string }): { status_code: number; body: string } | undefined {
    if (error instanceof GuardError) return { status_code: toProblem(error).status, body: `${error.message}\n` }
    if ('status_code' in error) return undefined
    if (systemCodeOf(error) === 'ENOSPC') return noSpace(0)
    this.#log.error({ error }, 'upload failed')
    return { status_code: 500, body: 'The upload failed on the server; see its log. Retry later to resume it.\n' }
  }
}
