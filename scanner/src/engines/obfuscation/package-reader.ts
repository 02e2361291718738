import { IPC_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { messages } from '@guardimesh/contracts/messages'
import { HOUR_MS } from '@guardimesh/contracts/units'
import { errorCodeOf, GuardError, isErrorCode, type PeerCheck } from '@guardimesh/kit'
import { LRUCache } from 'lru-cache'
import { askAboutDescriptor } from '../../node/descriptor-request.js'
import { statOpened } from '../../node/file-stat.js'
import { identityKey } from '../verdict-keys.js'

export interface PackageReaderOptions {
  /** `packages.sock`. */
  readonly socketPath: string
  /** Checks the obfuscation scanner before anything is sent to it. */
  readonly checkPeer: PeerCheck
  readonly timeoutMs: number
}

/** Databases that timed out are not read again for this long: each image waits for the ones before it. */
const TIMED_OUT = { max: 1000, ttl: HOUR_MS } as const

/** A file of a package in an RPM database. */
export interface FileOfPackage {
  readonly path: string
  readonly name: string
  readonly version: string
  readonly algorithm: string
  readonly checksum: string
}

/** Client of the obfuscation scanner, which reads RPM databases: the parser of SQLite is native code, and the databases are untrusted. */
export class PackageReader {
  readonly #options: PackageReaderOptions
  readonly #timedOut = new LRUCache<string, true>(TIMED_OUT)

  constructor(options: PackageReaderOptions) {
    this.#options = options
  }

  /**
   * Finds the packages of files.
   *
   * @param fd the database; the caller closes it afterwards.
   * @param paths absolute paths as latin1.
   * @throws GuardError, KernelError and system errors when the database cannot be read; an AbortError.
   */
  async find(fd: number, paths: readonly string[], signal: AbortSignal): Promise<readonly FileOfPackage[]> {
    const key = identityKey(statOpened(fd).identity, 'packages')
    if (this.#timedOut.has(key)) throw new GuardError('ENGINE_TIMEOUT', 'reading this database timed out less than an hour ago')
    try {
      return await this.#find(fd, paths, signal)
    } catch (error) {
      if (errorCodeOf(error) === 'ENGINE_TIMEOUT') this.#timedOut.set(key, true)
      throw error
    }
  }

  async #find(fd: number, paths: readonly string[], signal: AbortSignal): Promise<readonly FileOfPackage[]> {
    const request = messages.PackageRequest.encode({ paths: paths.map((path) => Buffer.from(path, 'latin1')) }).finish()
    const response = await askAboutDescriptor({ ...this.#options, signal, maxBytes: IPC_LIMITS.packageMessageBytes }, fd, request)
    const { complete, error, files } = messages.PackageResponse.decode(response)
    if (!complete) throw errorOf(error?.code ?? '', error?.message || 'the obfuscation scanner did not read the database')
    return (files ?? []).map(({ path, name, version, algorithm, checksum }) => ({
      path: Buffer.from(path ?? []).toString('latin1'),
      name: name ?? '',
      version: version ?? '',
      algorithm: algorithm ?? '',
      checksum: checksum ?? '',
    }))
  }
}

function errorOf(code: string, message: string): GuardError {
  return new GuardError(isErrorCode(code) ? code : 'ENGINE_ERROR', message)
}
