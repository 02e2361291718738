import { mkdir } from 'node:fs/promises'
import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { join } from 'node:path'
import { MINUTE_MS, SECOND_MS, SignatureSettings } from '@guardimesh/contracts'
import { type Logger, listenOn, ServerCertificate } from '@guardimesh/kit'
import { Catalog } from './catalog/catalog.js'
import { ImportJournal } from './catalog/import-journal.js'
import type { ServerConfig } from './config.js'
import { CustomBook } from './custom/custom-book.js'
import { createRoutes } from './http/routes.js'
import { ImportLoop } from './incoming/import-loop.js'
import { ServerMetrics } from './metrics.js'

/** Everything that lives as long as the process. */
export interface Context extends AsyncDisposable {
  readonly imports: ImportLoop
}

/** Nodes keep one connection each while they pull. */
const MAX_CONNECTIONS = 2000
/** A client that takes nothing for so long is gone; its download goes on when it comes again. */
const SILENCE_MS = MINUTE_MS
const HEADERS_MS = 10 * SECOND_MS
/** For downloads under way when the process stops. */
const GRACE_MS = 5 * SECOND_MS

/** Takes up what is on the volume and starts to listen. @throws ConfigError when the certificate cannot be used. */
export async function openContext(config: ServerConfig, log: Logger): Promise<Context> {
  const { SIGNATURES_FOLDER: folder, STARTER_FOLDER: starterFolder, TLS_CERTIFICATE_FILE: certificateFile, TLS_KEY_FILE: keyFile } = config
  await using cleanUp = new AsyncDisposableStack()
  const certificate = certificateFile && keyFile ? cleanUp.use(new ServerCertificate({ certificateFile, keyFile }, log)) : undefined
  for (const name of ['incoming', 'refused']) await mkdir(join(folder, name), { recursive: true, mode: 0o755 })
  const catalog = await Catalog.open(folder, log)
  const journal = await ImportJournal.open(join(folder, 'state.json'), log)
  const metrics = new ServerMetrics(catalog)
  certificate?.measure(metrics.registry)
  const stableMs = config.STABLE_SECONDS * SECOND_MS
  const onEnd = (outcome: string) => metrics.imports.inc({ outcome })
  const custom = await CustomBook.open(join(folder, 'custom.json'), log)
  const settings = { current: SignatureSettings.parse({}), keep: () => Promise.resolve() }
  const policy = { takesUnsigned: true, goldenFolders: [] }
  const imports = new ImportLoop({ folder, starterFolder, stableMs, catalog, journal, custom, settings, policy, log, onEnd })
  const server = openServer(createRoutes({ catalog, journal, metrics, log }), certificate)
  cleanUp.defer(() => closeServer(server))
  await listenOn(server, { host: config.LISTEN_HOST, port: config.PORT })
  log.info({ port: config.PORT, isTls: certificate !== undefined, generation: catalog.live?.generation ?? '' }, 'signature server listens')
  const stack = cleanUp.move()
  return { imports, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

function openServer(routes: ReturnType<typeof createRoutes>, certificate: ServerCertificate | undefined): Server {
  const limits = { headersTimeout: HEADERS_MS, requestTimeout: HEADERS_MS }
  const server = certificate ? createHttpsServer({ ...limits, ...certificate.options }, routes) : createHttpServer(limits, routes)
  if (certificate && 'setSecureContext' in server) certificate.keepCurrent(server)
  server.maxConnections = MAX_CONNECTIONS
  server.setTimeout(SILENCE_MS)
  return server
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS)
  await closed
  clearTimeout(timer)
}
