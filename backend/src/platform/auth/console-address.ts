import type { FastifyRequest } from 'fastify'

/** Public address of the console, for cookies and the check of Origin headers. */
export class ConsoleAddress {
  readonly #publicUrl: URL | undefined

  /** @param publicUrl undefined: https, under any host name that reaches this process. */
  constructor(publicUrl: URL | undefined) {
    this.#publicUrl = publicUrl
  }

  /** True if browsers use HTTPS. */
  get isSecure(): boolean {
    return this.#publicUrl === undefined || this.#publicUrl.protocol === 'https:'
  }

  /**
   * Returns the origin of requests from the console, such as "https://guardimesh.example.org". A page of another site controls neither the Host
   * header of a browser nor X-Forwarded-Host, which is accepted from trusted proxies only.
   */
  originFor(request: FastifyRequest): string {
    return this.#publicUrl?.origin ?? URL.parse(`https://${request.host}`)?.origin ?? 'https://invalid'
  }
}
