import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext, type SecureContextOptions, type Server } from 'node:tls'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { Gauge, type Registry } from 'prom-client'
import { ConfigError } from '../config/config-error.js'
import { messageOf } from '../errors/guard-error.js'
import type { Logger } from '../log/logger.js'

/** The files are polled: Kubernetes replaces a symbolic link in their path, and file events do not report that reliably. */
const POLL_INTERVAL_MS = 2 * SECOND_MS

/** TLS 1.2 or later with authenticated encryption only: the suites of TLS 1.2 with CBC are not offered. */
const PROTOCOL: SecureContextOptions = {
  minVersion: 'TLSv1.2',
  ciphers: [
    ...['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
    ...['ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'],
    ...['ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305'],
    ...['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'],
  ].join(':'),
}

export interface CertificateFiles {
  /** PEM: the server's certificate, followed by intermediate certificates. */
  readonly certificateFile: string
  /** PEM, not encrypted. */
  readonly keyFile: string
}

interface Pair {
  readonly cert: string
  readonly key: string
}

/**
 * Server certificate from two files that may change at any time.
 *
 *     const certificate = new ServerCertificate(files, log)
 *     const server = createServer(certificate.options, onRequest)
 *     certificate.keepCurrent(server)
 *
 * New connections use the changed pair; open connections are not affected. An invalid pair is logged, and the previous pair remains active.
 */
export class ServerCertificate implements Disposable {
  readonly #files: CertificateFiles
  readonly #log: Logger
  #active: Pair
  #suspect: Pair | undefined
  #rejected: Pair | undefined
  #timer: NodeJS.Timeout | undefined

  /** @throws ConfigError if the pair is invalid. */
  constructor(files: CertificateFiles, log: Logger) {
    this.#files = files
    this.#log = log
    try {
      this.#active = readPair(files)
      checkPair(this.#active)
    } catch (error) {
      throw new ConfigError(`invalid certificate ${files.certificateFile} with key ${files.keyFile}: ${messageOf(error)}`)
    }
  }

  /** Options for `createServer`. */
  get options(): SecureContextOptions {
    return { ...this.#active, ...PROTOCOL }
  }

  /** Expiry of the active certificate, Unix time in milliseconds. */
  get expiresAtMs(): number {
    return new X509Certificate(this.#active.cert).validToDate.getTime()
  }

  /** Applies each changed pair to a server until disposal. */
  keepCurrent(server: Pick<Server, 'setSecureContext'>): void {
    clearInterval(this.#timer)
    this.#timer = setInterval(() => this.#poll(server), POLL_INTERVAL_MS).unref()
  }

  /** Registers the metric `guardimesh_tls_certificate_expiry_timestamp_seconds`. */
  measure(registry: Registry): void {
    const expiresAtMs = () => this.expiresAtMs
    new Gauge({
      name: 'guardimesh_tls_certificate_expiry_timestamp_seconds',
      help: "Expiry of the server's active TLS certificate, Unix time",
      registers: [registry],
      collect() {
        this.set(expiresAtMs() / SECOND_MS)
      },
    })
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  #poll(server: Pick<Server, 'setSecureContext'>): void {
    let found: Pair = { cert: '', key: '' }
    try {
      found = readPair(this.#files)
      if (!isSame(found, this.#active)) this.#activate(found, server)
      this.#suspect = undefined
      this.#rejected = undefined
    } catch (error) {
      // During a rotation, one file may be old and the other new, so log a pair once, and only if it is still invalid at the next poll.
      if (isSame(found, this.#suspect) && !isSame(found, this.#rejected)) this.#reject(found, error)
      this.#suspect = found
    }
  }

  #activate(found: Pair, server: Pick<Server, 'setSecureContext'>): void {
    checkPair(found)
    server.setSecureContext({ ...found, ...PROTOCOL })
    this.#active = found
    this.#log.info({ expiresAt: new Date(this.expiresAtMs) }, 'activated new TLS certificate')
  }

  #reject(found: Pair, error: unknown): void {
    this.#rejected = found
    const facts = { ...this.#files, reason: messageOf(error), expiresAt: new Date(this.expiresAtMs) }
    this.#log.error(facts, 'invalid TLS certificate rejected; keeping the previous one')
  }
}

function readPair({ certificateFile, keyFile }: CertificateFiles): Pair {
  return { cert: readFileSync(certificateFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
}

function isSame(one: Pair, other: Pair | undefined): boolean {
  return one.cert === other?.cert && one.key === other.key
}

/** @throws Error with the reason when the pair is invalid. */
function checkPair({ cert, key }: Pair): void {
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) throw new Error('the key does not match the certificate')
  createSecureContext({ cert, key, ...PROTOCOL })
}
