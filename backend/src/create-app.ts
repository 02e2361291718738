import { Server as HttpsServer } from 'node:https'
import fastifyCompress from '@fastify/compress'
import fastifyCookie from '@fastify/cookie'
import fastifyStatic from '@fastify/static'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts'
import { type Logger, ServerCertificate, usableHost } from '@guardimesh/kit'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Registry } from 'prom-client'
import { appModule } from './app.module.js'
import type { ApiConfig } from './config/api-config.js'
import { AccessChecker } from './platform/auth/access-checker.js'
import { ConsoleAddress } from './platform/auth/console-address.js'
import { addAccessHook } from './platform/http/access-hook.js'
import { JSON_BODY_MAX_BYTES, setBodyParsers } from './platform/http/body-parsers.js'
import { COMPRESSION } from './platform/http/compression.js'
import { ConnectionDrain } from './platform/http/connection-drain.js'
import { CONNECTIONS_MAX } from './platform/http/connections.js'
import { describedRoutes } from './platform/http/described-routes.js'
import { ProblemFilter } from './platform/http/problem-filter.js'
import { addRequestHooks, requestIdOf } from './platform/http/request-hooks.js'
import { exemptSlowBodies } from './platform/http/route-body.js'
import { responseHeaders } from './platform/http/security-headers.js'
import { NestLogger } from './platform/log/nest-logger.js'
import { HttpMetrics } from './platform/metrics/http-metrics.js'

/** Time to receive a whole request. */
const REQUEST_TIMEOUT_MS = MINUTE_MS
/** Time for the TLS handshake. */
const HANDSHAKE_TIMEOUT_MS = 10 * SECOND_MS

/** The API process. */
export interface Api {
  readonly app: NestFastifyApplication
  /** Starts listening; port 0 selects a free port. @returns the base URL. */
  listen(host: string, port: number): Promise<string>
  /** Waits for requests in progress, then closes everything. */
  close(): Promise<void>
}

/** Creates the API process without signal handling. It opens no connections before `listen`. */
export async function createApi(config: ApiConfig, log: Logger): Promise<Api> {
  let isClosing = false
  const { isSecure } = new ConsoleAddress(config.publicUrl)
  const certificate = config.tls && new ServerCertificate(config.tls, log)
  const adapter = new FastifyAdapter({
    ...serverOptions(config, certificate),
    // Called for a URL that cannot be decoded, before any hook.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers(responseHeaders(request.id, isSecure))
      app.get(ProblemFilter).answer(error, request, reply)
    },
  })
  const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(appModule(config, log), adapter, {
    logger: new NestLogger(log),
    bodyParser: false,
    abortOnError: false,
  })
  const server = adapter.getInstance()
  const drain = new ConnectionDrain(server.server)
  server.server.maxConnections = CONNECTIONS_MAX
  exemptSlowBodies(server.server)
  if (server.server instanceof HttpsServer) certificate?.keepCurrent(server.server)
  certificate?.measure(app.get(Registry))
  setBodyParsers(server)
  addRequestHooks(server, {
    log,
    metrics: app.get(HttpMetrics),
    isSecure,
    isClosing: () => isClosing,
  })
  await app.register(fastifyCompress, COMPRESSION)
  await app.register(fastifyCookie)
  addAccessHook(server, app.get(AccessChecker), describedRoutes(app))
  if (config.consoleFolder !== undefined)
    await app.register(fastifyStatic, { root: config.consoleFolder, serve: false, preCompressed: true })
  return {
    app,
    listen: async (host, port) => {
      await app.listen(port, await usableHost(host))
      const url = new URL(await app.getUrl())
      return `${certificate ? 'https:' : 'http:'}//${url.host}`
    },
    close: async () => {
      isClosing = true
      certificate?.[Symbol.dispose]()
      await drain.close(() => app.close())
    },
  }
}

function serverOptions({ trustedProxies }: ApiConfig, certificate: ServerCertificate | undefined) {
  return {
    ...(certificate ? { https: { ...certificate.options, handshakeTimeout: HANDSHAKE_TIMEOUT_MS } } : {}),
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    genReqId: requestIdOf,
    bodyLimit: JSON_BODY_MAX_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // The hooks respond with a problem document instead.
    return503OnClosing: false,
  }
}
