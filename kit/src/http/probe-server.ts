import { createServer, type Server } from 'node:http'
import type { Registry } from 'prom-client'
import { messageOf } from '../errors/guard-error.js'
import { type ListenAddress, listenOn } from './listen-on.js'

/** A readiness check: resolves when the part can do its work, throws why it cannot. */
export type ReadinessCheck = () => Promise<void> | void

export interface ProbeServerOptions {
  readonly address: ListenAddress
  readonly metrics: Registry
  /** By name; all must pass for /readyz to answer 200. */
  readonly readiness: Readonly<Record<string, ReadinessCheck>>
}

/**
 * Serves `/livez` (200 while the event loop turns), `/readyz` (200, or 503 with what is missing) and `/metrics` (Prometheus text).
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
  if (path !== '/readyz') return respond(404, 'try /livez, /readyz or /metrics\n')
  const failed = await failedChecks(options.readiness)
  return failed.length === 0 ? respond(200, 'ok\n') : respond(503, `${failed.join('\n')}\n`)
}

/** Runs all checks together. @returns one line "name: why" for each that failed. */
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
