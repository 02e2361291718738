import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { DAY_MS, HOUR_MS } from '@guardimesh/contracts'
import { background, GuardError, type Logger, messageOf, sizeOf, systemCodeOf, toProblem, unlessMissing } from '@guardimesh/kit'
import { fingerprint, type SignatureKind } from '@guardimesh/signature-format'
import { Server } from '@tus/server'
import { z } from 'zod'
import { MAX_UPLOAD_BYTES, requireUploadable, UploadMetadata } from './upload-rules.js'
import { noSpace, VolumeStore } from './volume-store.js'

export const UPLOADS_PATH = '/v1/uploads'
const UPLOAD_ID = /^[0-9a-f]{32}$/
/** Uploads that nobody went on with, or took, for so long are removed. */
const KEPT_MS = DAY_MS
const SWEEP_MS = HOUR_MS

/** As the store writes it beside each file. */
const Described = z.object({ size: z.number().int().min(0), metadata: UploadMetadata })

/** A finished upload. */
export interface FinishedUpload {
  readonly uploadId: string
  readonly name: string
  readonly kind: SignatureKind
  readonly path: string
  readonly sizeBytes: number
}

/** Resumable uploads by the tus protocol, in `uploads/`: a file for each, and what it says of itself. */
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
      // The library would take "<id>.json", which is what it says of an upload, for one.
      getFileIdFromRequest: (_request, name) => (name !== undefined && UPLOAD_ID.test(name) ? name : undefined),
      onUploadCreate: async (_request, { size, metadata }) => {
        requireUploadable({ metadata, sizeBytes: size, ...(await this.totals()) })
        await datastore.requireSpace(size ?? 0)
        return {}
      },
      onResponseError: (_request, error) => this.#toAnswer(error),
    })
    this.#timer = setInterval(() => background(log, 'remove old uploads', this.#removeOld()), SWEEP_MS).unref()
  }

  static async open(folder: string, log: Logger): Promise<Uploads> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const uploads = new Uploads(folder, log)
    await uploads.#removeOld()
    return uploads
  }

  /** Answers a request of the tus protocol. Who asks has been let in. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Reading back what was uploaded is nobody's need.
    if (request.method === 'GET') throw new GuardError('ROUTE_NOT_FOUND', 'uploads are not read back; ask with HEAD how far one has come')
    await this.#server.handle(request, response)
  }

  /** How many there are, whole or not, and the bytes that they have or will have. */
  async totals(): Promise<{ count: number; totalBytes: number }> {
    const found = await Promise.all((await this.#ids()).map((uploadId) => this.#describe(uploadId)))
    const sizes = found.filter((one) => one !== undefined).map(({ size }) => size)
    return { count: sizes.length, totalBytes: sizes.reduce((sum, size) => sum + size, 0) }
  }

  /**
   * Finished uploads, proved to be what they said they would be.
   *
   * @throws GuardError UPLOAD_NOT_FOUND; BODY_INVALID when two have one name; SIGNATURES_INVALID for a file that is another one, which is
   * removed.
   */
  async finished(uploadIds: readonly string[]): Promise<FinishedUpload[]> {
    const found: FinishedUpload[] = []
    for (const uploadId of new Set(uploadIds)) found.push(await this.#finished(uploadId))
    const twin = found.find(({ kind, name }, index) => found.findIndex((one) => one.kind === kind && one.name === name) !== index)
    if (twin) throw new GuardError('BODY_INVALID', `there are several uploads of ${twin.name}; name the one that you mean`)
    return found
  }

  /** Forgets uploads, whose files may have been moved away. */
  async forget(uploadIds: readonly string[]): Promise<void> {
    for (const uploadId of uploadIds)
      for (const path of [this.#pathOf(uploadId), `${this.#pathOf(uploadId)}.json`]) await rm(path, { force: true })
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  async #finished(uploadId: string): Promise<FinishedUpload> {
    const described = UPLOAD_ID.test(uploadId) ? await this.#describe(uploadId) : undefined
    if (!described)
      throw new GuardError('UPLOAD_NOT_FOUND', `there is no upload ${uploadId.replace(/[^ -~]/g, '?')}; upload the file again`)
    const { size, metadata } = described
    const path = this.#pathOf(uploadId)
    const hereBytes = await sizeOf(path)
    if (hereBytes !== size)
      throw new GuardError(
        'UPLOAD_NOT_FOUND',
        `${metadata.filename} is not finished: ${hereBytes} of ${size} bytes are here; go on with it`,
      )
    const { sha256 } = await fingerprint(path)
    if (sha256 !== metadata.sha256) {
      await this.forget([uploadId])
      throw new GuardError(
        'SIGNATURES_INVALID',
        `${metadata.filename} came with SHA-256 ${sha256} instead of ${metadata.sha256}; upload it again`,
      )
    }
    return { uploadId, name: metadata.filename, kind: metadata.kind, path, sizeBytes: size }
  }

  async #describe(uploadId: string): Promise<z.infer<typeof Described> | undefined> {
    const text = await unlessMissing(readFile(`${this.#pathOf(uploadId)}.json`, 'utf8'), undefined)
    try {
      return text === undefined ? undefined : Described.parse(JSON.parse(text))
    } catch (error) {
      // A process was killed while it wrote this: nothing of the file has come yet.
      this.#log.warn({ uploadId, reason: messageOf(error) }, 'an upload is damaged, and counts as none')
      return undefined
    }
  }

  async #ids(): Promise<string[]> {
    return (await readdir(this.#folder)).filter((name) => UPLOAD_ID.test(name))
  }

  async #removeOld(): Promise<void> {
    const oldestMs = Date.now() - KEPT_MS
    for (const name of await readdir(this.#folder)) {
      const uploadId = name.replace(/\.json$/, '')
      // The file is older than what is said of it, unless it has grown since.
      const stats = await unlessMissing(stat(this.#pathOf(uploadId)), undefined)
      const described = await unlessMissing(stat(join(this.#folder, name)), undefined)
      if (Math.max(stats?.mtimeMs ?? 0, described?.mtimeMs ?? 0) >= oldestMs) continue
      this.#log.info({ uploadId }, 'an upload that nobody took is removed')
      await this.forget([uploadId])
    }
  }

  #pathOf(uploadId: string): string {
    return join(this.#folder, uploadId)
  }

  /** The protocol's own errors are answers already; ours become a sentence. */
  #toAnswer(error: Error | { status_code: number; body: string }): { status_code: number; body: string } | undefined {
    if (error instanceof GuardError) return { status_code: toProblem(error).status, body: `${error.message}\n` }
    if ('status_code' in error) return undefined
    if (systemCodeOf(error) === 'ENOSPC') return noSpace(0)
    this.#log.error({ error }, 'upload failed')
    return { status_code: 500, body: 'The upload failed in the server; its log says why. Go on with it later.\n' }
  }
}
