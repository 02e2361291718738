import { createServer, type Server } from 'node:http'
import type { Registry } from 'prom-client'
import { messageOf } from '../errors/guard-error.js'
import { type ListenAddress, listenOn } from './listen-on.js'

/** A readiness check; throws the reason when the component is not ready. */
export type ReadinessCheck = () => Promise<void> | void

export interface ProbeServerOptions {
  readonly address: ListenAddress
  readonly metrics: Registry
  /** Checks by name; /readyz returns 200 when all of them pass. */
  readonly readiness: Readonly<Record<string, ReadinessCheck>>
}

/**
 * Serves `/livez` (200 while the event loop runs), `/readyz` (200, or 503 with the failed checks) and `/metrics` (Prometheus text).
 *
 * @returns the listening server; close it when the process stops.
 */
export async function startProbeServer(options: ProbeServerOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const respond = (status: number, body: string, type = 'text/plain; charset=utf-8') => {
      response.writeHead(status, { 'content-type': type }).end(body)
    }
    route(request.url ?? '/', options, respond).catch((error: unknown) => respond(500, `${messageOf(error)}\n`))
  })
  await listenOn(server, options.address)
  return server
}

type Respond = (status: number, body: string, type?: string) => void

async function route(url: string, options: ProbeServerOptions, respond: Respond): Promise<void> {
  const path = url.split('?', 1)[0]
  if (path === '/livez') return respond(200, 'ok\n')
  if (path === '/metrics') return respond(200, await options.metrics.metrics(), options.metrics.contentType)
  if (path !== '/readyz') return respond(404, 'not found: use /livez, /readyz or /metrics\n')
  const failed = await failedChecks(options.readiness)
  return failed.length === 0 ? respond(200, 'ok\n') : respond(503, `${failed.join('\n')}\n`)
}

/** Runs all checks concurrently. @returns one line "name: reason" for each failed check. */
export async function failedChecks(checks: Readonly<Record<string, ReadinessCheck>>): Promise<string[]> {
  const lines = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        await check()
        return undefined
      } catch (error) {
        return `${name}: ${messageOf(error)}`
      }
    }),
  )
  return lines.filter((line) => line !== undefined)
}
