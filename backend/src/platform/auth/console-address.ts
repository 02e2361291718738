import type { FastifyRequest } from 'fastify'

/** Where people reach the console: what cookies and Origin headers are held against. */
export class ConsoleAddress {
  readonly #publicUrl: URL | undefined

  /** @param publicUrl undefined: by https, under any name that leads here. */
  constructor(publicUrl: URL | undefined) {
    this.#publicUrl = publicUrl
  }

  /** True when browsers come by HTTPS. */
  get isSecure(): boolean {
    return this.#publicUrl === undefined || this.#publicUrl.protocol === 'https:'
  }

  /**
   * The origin that a request of the console itself has, such as "https://guardimesh.example.org". A page of another site can choose neither
   * the Host header of a browser nor, as no browser stands among the trusted proxies, X-Forwarded-Host.
   */
  originFor(request: FastifyRequest): string {
    return this.#publicUrl?.origin ?? URL.parse(`https://${request.host}`)?.origin ?? 'https://invalid'
  }
}
