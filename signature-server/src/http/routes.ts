import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { PROBLEM_MEDIA_TYPE, type SignatureServerStatus } from '@guardimesh/contracts'
import { failedChecks, GuardError, type Logger, type ReadinessCheck, toProblem } from '@guardimesh/kit'
import type { Catalog } from '../catalog/catalog.js'
import type { DownloadLimiter } from '../files/download-limiter.js'
import { requestUrl, sendJson, sendText } from '../files/responses.js'
import type { ServerMetrics } from '../metrics.js'
import { sendMirrorFile } from '../mirror/mirror-route.js'
import { UPLOADS_PATH, type Uploads } from '../uploads/uploads.js'
import type { CatalogRoute } from './catalog-route.js'
import { sendGenerationFile } from './generation-route.js'
import type { Management, ManagementResult } from './management.js'
import { normalizeTarget } from './normalize-path.js'

export interface RouteOptions {
  readonly catalog: Catalog
  readonly catalogRoute: CatalogRoute
  readonly downloads: DownloadLimiter
  readonly management: Management
  readonly uploads: Uploads
  readonly status: () => Promise<SignatureServerStatus>
  readonly metrics: ServerMetrics
  readonly log: Logger
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<unknown> | unknown
/** Handlers of a path by method; GET also handles HEAD. */
type Methods = Readonly<Partial<Record<string, Handler>>>

const GENERATION_FILE = /^\/v1\/generations\/([^/]+)\/((?:clamav|yara|deltas)\/[^/]+)$/
const MIRROR_FILE = /^\/([a-zA-Z0-9][a-zA-Z0-9._-]{0,126})$/
/** Methods of the tus protocol. */
const UPLOAD_METHODS = ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'] as const

/**
 * Creates the request listener. Signatures are public and need no key: clients verify them by their digital signatures. Everything else
 * needs the management key, also to read it.
 */
export function createRoutes(options: RouteOptions): RequestListener {
  const { metrics, log } = options
  const fixed = fixedRoutes(options)
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    request.url = normalizeTarget(request.url ?? '/')
    const path = requestUrl(request).pathname
    const { name, methods } = findRoute(path, fixed, options)
    response.on('close', () => metrics.count(name, response.statusCode))
    const method = request.method === 'HEAD' && !('HEAD' in methods) ? 'GET' : (request.method ?? '')
    const handler = methods[method]
    if (handler) {
      await handler(request, response)
      return
    }
    const allowed = Object.keys(methods).flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one]))
    response.setHeader('allow', allowed.join(', '))
    sendText(response, 405, `method not allowed; allowed: ${allowed.join(', ')}\n`)
  }
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return void response.destroy()
      const problem = toProblem(error)
      if (problem.status >= 500) log.error({ error, url: request.url?.slice(0, 300) }, 'request failed')
      // The rest of a rejected body is not read.
      if (!request.complete) response.setHeader('connection', 'close')
      sendJson(response, problem.status, problem, PROBLEM_MEDIA_TYPE)
    })
  }
}

function fixedRoutes(options: RouteOptions): ReadonlyMap<string, Methods> {
  const { catalog, catalogRoute, management, metrics, status } = options
  const managed = (change: (request: IncomingMessage) => Promise<ManagementResult>): Handler => {
    return async (request, response) => {
      const done = await change(request)
      if (done.kind === 'started') return sendJson(response, 202, { importId: done.importId })
      sendJson(response, 200, await status())
    }
  }
  return new Map<string, Methods>([
    ['/v1/catalog', { GET: (request, response) => catalogRoute.handle(request, response) }],
    [
      '/v1/status',
      {
        GET: async (request, response) => {
          management.authorize(request)
          sendJson(response, 200, await status())
        },
      },
    ],
    ['/v1/imports', { POST: managed((request) => management.startImport(request)) }],
    ['/v1/roll-out', { POST: managed((request) => management.changeRollOut(request)) }],
    ['/v1/rollback', { POST: managed((request) => management.rollBack(request)) }],
    ['/v1/settings', { PUT: managed((request) => management.changeSettings(request)) }],
    [
      '/v1/custom',
      {
        GET: (request, response) => {
          management.authorize(request)
          sendJson(response, 200, management.custom)
        },
        PUT: managed((request) => management.changeCustom(request)),
      },
    ],
    ['/v1/rule-trials', { POST: ruleTrialHandler(management) }],
    ['/livez', { GET: (_, response) => sendText(response, 200, 'ok\n') }],
    ['/readyz', { GET: (_, response) => sendReadiness(catalog, response) }],
    ['/metrics', { GET: async (_, response) => sendText(response, 200, await metrics.text(), metrics.contentType) }],
  ])
}

function ruleTrialHandler(management: Management): Handler {
  return async (request, response) => {
    const disconnected = new AbortController()
    response.once('close', () => disconnected.abort())
    sendJson(response, 200, await management.tryRules(request, disconnected.signal))
  }
}

/** @returns the handlers and a fixed name for the metrics, which bounds the number of label values. */
function findRoute(path: string, fixed: ReadonlyMap<string, Methods>, options: RouteOptions): { name: string; methods: Methods } {
  const methods = fixed.get(path)
  if (methods) return { name: path, methods }
  const [, generation, file] = GENERATION_FILE.exec(path) ?? []
  if (generation !== undefined && file !== undefined)
    return {
      name: 'file',
      methods: { GET: (request, response) => sendGenerationFile(options, request, response, { generation, path: file }) },
    }
  if (path === UPLOADS_PATH || path.startsWith(`${UPLOADS_PATH}/`)) return { name: 'uploads', methods: uploadMethods(options) }
  const [, mirrored] = MIRROR_FILE.exec(path) ?? []
  if (mirrored !== undefined)
    return { name: 'mirror', methods: { GET: (request, response) => sendMirrorFile(options, request, response, mirrored) } }
  const nothing = () => {
    throw new GuardError('ROUTE_NOT_FOUND', 'route not found; see /v1/catalog')
  }
  return { name: 'other', methods: { GET: nothing } }
}

function uploadMethods({ management, uploads }: RouteOptions): Methods {
  const handler: Handler = (request, response) => {
    management.authorize(request)
    return uploads.handle(request, response)
  }
  return Object.fromEntries(UPLOAD_METHODS.map((method) => [method, handler]))
}

async function sendReadiness(catalog: Catalog, response: ServerResponse): Promise<void> {
  const generation: ReadinessCheck = () => {
    if (!catalog.active) throw new GuardError('NO_ACTIVE_GENERATION', 'no generation is active yet')
  }
  const failed = await failedChecks({ generation })
  return failed.length === 0 ? sendText(response, 200, 'ok\n') : sendText(response, 503, `${failed.join('\n')}\n`)
}
