import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContextOptions, type Server } from 'node:tls'
import { SECOND_MS } from '@guardimesh/contracts'
import { Gauge, type Registry } from 'prom-client'
import { ConfigError } from '../config/config-error.js'
import { messageOf } from '../errors/guard-error.js'
import type { Logger } from '../log/logger.js'

/** How often the files are looked at. They are read, not watched: Kubernetes swaps a link above them, which file events do not tell reliably. */
const LOOK_MS = 2 * SECOND_MS
const MIN_VERSION = 'TLSv1.2'

export interface CertificateFiles {
  /** PEM: the server's certificate, then those in between. */
  readonly certificateFile: string
  /** PEM, not encrypted. */
  readonly keyFile: string
}

interface Pair {
  readonly cert: string
  readonly key: string
}

/**
 * The certificate of a server, from two files that may change at any time.
 *
 *     const certificate = new ServerCertificate(files, log)
 *     const server = createServer(certificate.options, onRequest)
 *     certificate.keepCurrent(server)
 *
 * A new pair is in force for connections that come after it; open ones go on. A pair that cannot be used is logged, and the old one stays.
 */
export class ServerCertificate implements Disposable {
  readonly #files: CertificateFiles
  readonly #log: Logger
  #inForce: Pair
  #suspect: Pair | undefined
  #refused: Pair | undefined
  #timer: NodeJS.Timeout | undefined

  /** @throws ConfigError when the pair cannot be used. */
  constructor(files: CertificateFiles, log: Logger) {
    this.#files = files
    this.#log = log
    try {
      this.#inForce = readPair(files)
      checkPair(this.#inForce)
    } catch (error) {
      throw new ConfigError(`the certificate ${files.certificateFile} with key ${files.keyFile} cannot be used: ${messageOf(error)}`)
    }
  }

  /** What `createServer` takes. */
  get options(): SecureContextOptions {
    return { ...this.#inForce, minVersion: MIN_VERSION }
  }

  /** When the certificate in force ends, Unix time in milliseconds. */
  get expiresAtMs(): number {
    return new X509Certificate(this.#inForce.cert).validToDate.getTime()
  }

  /** Puts each new pair of the files in force on a server, until this is disposed of. */
  keepCurrent(server: Pick<Server, 'setSecureContext'>): void {
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#look(server), LOOK_MS).unref()
  }

  /** Adds the metric `guardimesh_tls_certificate_expiry_timestamp_seconds`. */
  measure(registry: Registry): void {
    const expiresAtMs = () => this.expiresAtMs
    new Gauge({
      name: 'guardimesh_tls_certificate_expiry_timestamp_seconds',
      help: 'When the certificate that this server shows ends, Unix time',
      registers: [registry],
      collect() {
        this.set(expiresAtMs() / SECOND_MS)
      },
    })
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  #look(server: Pick<Server, 'setSecureContext'>): void {
    let found: Pair = { cert: '', key: '' }
    try {
      found = readPair(this.#files)
      if (!isSame(found, this.#inForce)) this.#take(found, server)
      this.#suspect = undefined
      this.#refused = undefined
    } catch (error) {
      // Two files that are being swapped may be read as one old and one new: only what is still wrong at the next look is told, and once.
      if (isSame(found, this.#suspect) && !isSame(found, this.#refused)) this.#refuse(found, error)
      this.#suspect = found
    }
  }

  #take(found: Pair, server: Pick<Server, 'setSecureContext'>): void {
    checkPair(found)
    server.setSecureContext({ ...found, minVersion: MIN_VERSION })
    this.#inForce = found
    this.#log.info({ expiresAt: new Date(this.expiresAtMs) }, 'another certificate is in force')
  }

  #refuse(found: Pair, error: unknown): void {
    this.#refused = found
    const facts = { ...this.#files, reason: messageOf(error), expiresAt: new Date(this.expiresAtMs) }
    this.#log.error(facts, 'the new certificate cannot be used; the old one stays in force')
  }
}

function readPair({ certificateFile, keyFile }: CertificateFiles): Pair {
  return { cert: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
}

function isSame(one: Pair, other: Pair | undefined): boolean {
  return one.cert === other?.cert && one.key === other.key
}

/** @throws Error that says what is wrong with a pair. */
function checkPair({ cert, key }: Pair): void {
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) throw new Error('the key is not that of the certificate')
  createSecureContext({ cert, key, minVersion: MIN_VERSION })
}
