import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignatureSettings } from '@guardimesh/contracts'
import { ConfigError, type Logger, listenOn, messageOf, ServerCertificate } from '@guardimesh/kit'
import { readCatalogKey } from '@guardimesh/signature-format'
import { trustedFingerprints } from './bundle/trusted-keys.js'
import { Catalog } from './catalog/catalog.js'
import type { SignatureServerConfig } from './config.js'
import { CustomSignatureStore } from './custom/custom-signature-store.js'
import { DownloadLimiter } from './files/download-limiter.js'
import { CatalogRoute } from './http/catalog-route.js'
import { closeServer, createServer, IDLE_TIMEOUT_MS } from './http/create-server.js'
import { Management } from './http/management.js'
import { readStatus, type StatusSources } from './http/read-status.js'
import { createRoutes } from './http/routes.js'
import { WaitingNodes } from './http/waiting-nodes.js'
import { ImportJournal } from './incoming/import-journal.js'
import { ImportLoop } from './incoming/import-loop.js'
import { ServerMetrics } from './metrics.js'
import { ProfileMeasurements } from './profile-measurements/profile-measurements.js'
import { KnownNodes } from './roll-out/known-nodes.js'
import { RuleTrialRunner } from './trials/rule-trial-runner.js'
import { Uploads } from './uploads/uploads.js'

/** Resources with the lifetime of the process. */
export interface Context extends AsyncDisposable {
  readonly imports: ImportLoop
}

/** Data on the volume. */
interface Stores {
  readonly nodes: KnownNodes
  readonly catalog: Catalog
  readonly journal: ImportJournal
  readonly custom: CustomSignatureStore
  readonly measurements: ProfileMeasurements
  readonly uploads: Uploads
}

/** Loads the data on the volume and starts the server. @throws ConfigError when the certificate or a key is invalid. */
export async function openContext(config: SignatureServerConfig, log: Logger): Promise<Context> {
  const { tls, signaturesFolder, goldenFolders, listenHost: host, port } = config
  await using cleanUp = new AsyncDisposableStack()
  const certificate = tls && cleanUp.use(new ServerCertificate(tls, log))
  const key = readSigningKey(config.catalogKeyFile)
  const stores = await openStores(signaturesFolder, cleanUp, log)
  const waiting = new WaitingNodes()
  const metrics = new ServerMetrics({ ...stores, waiting })
  certificate?.measure(metrics.registry)
  const imports = createImportLoop(config, stores, metrics, log)
  const ruleTrials = new RuleTrialRunner({ folder: signaturesFolder, goldenFolders })
  const routes = createRoutes({
    ...stores,
    catalogRoute: new CatalogRoute({ ...stores, waiting, key, idleTimeoutMs: IDLE_TIMEOUT_MS }),
    downloads: new DownloadLimiter(config.maxDownloads, metrics.downloads),
    management: new Management({ ...stores, imports, ruleTrials, keyFile: config.managementKeyFile, log }),
    status: () => readStatus(statusSources(config, stores, log)),
    metrics,
    log,
  })
  const server = createServer(routes, certificate)
  cleanUp.defer(() => closeServer(server))
  cleanUp.defer(() => waiting.close())
  await listenOn(server, { host, port })
  const generation = stores.catalog.active?.generation ?? ''
  log.info({ port, isTls: certificate !== undefined, isSigned: key !== undefined, generation }, 'signature server listening')
  const stack = cleanUp.move()
  return { imports, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

async function openStores(folder: string, cleanUp: AsyncDisposableStack, log: Logger): Promise<Stores> {
  for (const name of ['incoming', 'refused']) await mkdir(join(folder, name), { recursive: true, mode: 0o755 })
  const nodes = cleanUp.use(await KnownNodes.open(join(folder, 'nodes.json'), log))
  return {
    nodes,
    catalog: await Catalog.open(folder, log, () => nodes.list().map(({ name }) => name)),
    journal: await ImportJournal.open(join(folder, 'state.json'), log),
    custom: await CustomSignatureStore.open(join(folder, 'custom.json'), log),
    measurements: await ProfileMeasurements.open(folder),
    uploads: cleanUp.use(await Uploads.open(join(folder, 'uploads'), log)),
  }
}

function createImportLoop(config: SignatureServerConfig, stores: Stores, metrics: ServerMetrics, log: Logger): ImportLoop {
  const { catalog } = stores
  const settings = {
    get current() {
      return catalog.settings
    },
    // Saves the profile only: canary and pin may have changed while the generation was being created.
    save: ({ profile, profileFiles }: SignatureSettings) => catalog.changeSettings({ ...catalog.settings, profile, profileFiles }),
  }
  const policy = {
    acceptsUnsigned: config.acceptsUnsigned,
    goldenFolders: config.goldenFolders,
    trustedKeysFolder: config.trustedKeysFolder,
    loadLimits: config.testLoad,
  }
  return new ImportLoop({
    ...stores,
    folder: config.signaturesFolder,
    starterFolder: config.starterFolder,
    stableMs: config.stableMs,
    settings,
    policy,
    log,
    onEnd: (outcome) => {
      metrics.imports.inc({ outcome })
      // The journal lists the import that ended last first.
      if (outcome === 'refused') metrics.refusals.inc({ check: stores.journal.imports[0]?.check ?? '' })
    },
  })
}

function statusSources(config: SignatureServerConfig, stores: Stores, log: Logger): StatusSources {
  const { trustedKeysFolder: folder, acceptsUnsigned } = config
  const trustedKeys = async () => {
    try {
      return folder === undefined ? [] : await trustedFingerprints(folder)
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'failed to read trusted keys')
      return []
    }
  }
  return { ...stores, acceptsUnsigned, trustedKeys }
}

/** @throws ConfigError when the key file is invalid. */
function readSigningKey(path: string | undefined) {
  try {
    return path === undefined ? undefined : readCatalogKey(path, 'private')
  } catch (error) {
    throw new ConfigError(messageOf(error))
  }
}
