import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { SignatureServerStatus } from '@guardimesh/contracts'
import { failedChecks, GuardError, type Logger, type ReadinessCheck, systemCodeOf, toProblem } from '@guardimesh/kit'
import type { Catalog } from '../catalog/catalog.js'
import type { ImportJournal } from '../catalog/import-journal.js'
import type { ServerMetrics } from '../metrics.js'
import { isKnown, sendFile } from './send-file.js'

/** Downloads at a time; each has a descriptor and a buffer. Who comes after is told when to come again. */
const MAX_DOWNLOADS = 100
const RETRY_AFTER_SECONDS = 2
/** As in SignatureServerStatus. */
const MAX_GENERATIONS = 20
const FILE_PATH = /^\/v1\/generations\/([a-zA-Z0-9][a-zA-Z0-9._-]{0,99})\/((?:clamav|yara)\/[a-zA-Z0-9][a-zA-Z0-9._-]{0,126})$/

export interface RouteOptions {
  readonly catalog: Catalog
  readonly journal: ImportJournal
  readonly metrics: ServerMetrics
  readonly log: Logger
  readonly maxDownloads?: number
}

/** Answers every request. Reading is all that there is, and needs no key: what is served is no secret, and is proven by its own signatures. */
export function createRoutes(options: RouteOptions): RequestListener {
  const routes = new Routes(options)
  return (request, response) => {
    routes.answer(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return void response.destroy()
      const problem = toProblem(error)
      if (problem.status >= 500) options.log.error({ error, url: request.url?.slice(0, 300) }, 'request failed')
      sendJson(response, problem.status, problem, 'application/problem+json')
    })
  }
}

class Routes {
  readonly #options: RouteOptions
  #downloads = 0

  constructor(options: RouteOptions) {
    this.#options = options
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { metrics } = this.#options
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const file = FILE_PATH.exec(path)
    response.on('close', () => metrics.count(file ? 'file' : path, response.statusCode))
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return sendText(response, 405, 'only GET and HEAD are answered\n')
    }
    if (file) return this.#sendFile(request, response, file)
    if (path === '/v1/catalog') return this.#sendCatalog(request, response)
    if (path === '/v1/status') return sendJson(response, 200, this.#status())
    if (path === '/livez') return sendText(response, 200, 'ok\n')
    if (path === '/readyz') return this.#sendReadiness(response)
    if (path === '/metrics') return sendText(response, 200, await metrics.text(), metrics.contentType)
    throw new GuardError('ROUTE_NOT_FOUND', 'there is nothing here; try /v1/catalog or /v1/status')
  }

  #sendCatalog(request: IncomingMessage, response: ServerResponse): void {
    const manifest = this.#options.catalog.live
    if (!manifest) throw new GuardError('ROUTE_NOT_FOUND', 'no generation is live yet; put databases into incoming/')
    // A generation never changes, so its name is enough.
    const etag = `"${manifest.generation}"`
    response.setHeader('etag', etag)
    response.setHeader('cache-control', 'no-cache')
    if (isKnown(request, etag)) return void response.writeHead(304).end()
    sendJson(response, 200, manifest)
  }

  async #sendFile(request: IncomingMessage, response: ServerResponse, match: RegExpExecArray): Promise<void> {
    const { catalog, metrics } = this.#options
    const [, generation = '', path = ''] = match
    // Only what a manifest lists is ever opened.
    const file = catalog.find(generation)?.files.find((one) => one.path === path)
    if (!file) throw new GuardError('ROUTE_NOT_FOUND', `there is no ${path} in a generation ${generation}; ask for the catalogue again`)
    if (this.#downloads >= (this.#options.maxDownloads ?? MAX_DOWNLOADS)) {
      response.setHeader('retry-after', RETRY_AFTER_SECONDS)
      return sendText(response, 503, 'as many files are being sent as can be at a time; come again\n')
    }
    this.#downloads += 1
    metrics.downloads.set(this.#downloads)
    try {
      await sendFile(request, response, catalog.pathOf(generation, file), file)
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT') throw error
      throw new GuardError('ROUTE_NOT_FOUND', `the generation ${generation} was just dropped; ask for the catalogue again`)
    } finally {
      this.#downloads -= 1
      metrics.downloads.set(this.#downloads)
    }
  }

  #status(): SignatureServerStatus {
    const { catalog, journal } = this.#options
    const generations = catalog.list().slice(0, MAX_GENERATIONS)
    return SignatureServerStatus.parse({ liveGeneration: catalog.live?.generation ?? '', generations, imports: [...journal.imports] })
  }

  async #sendReadiness(response: ServerResponse): Promise<void> {
    const generation: ReadinessCheck = () => {
      if (!this.#options.catalog.live) throw new GuardError('SIGNATURES_INVALID', 'no generation is live yet')
    }
    const failed = await failedChecks({ generation })
    return failed.length === 0 ? sendText(response, 200, 'ok\n') : sendText(response, 503, `${failed.join('\n')}\n`)
  }
}

function sendText(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text)
}

function sendJson(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  sendText(response, status, `${JSON.stringify(body)}\n`, type)
}
