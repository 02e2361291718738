import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { MIB_BYTES, SECOND_MS, type SignatureSettings } from '@guardimesh/contracts'
import { ConfigError, type Logger, listenOn, messageOf, ServerCertificate } from '@guardimesh/kit'
import { readCatalogKey } from '@guardimesh/signature-format'
import { trustedFingerprints } from './bundle/trusted-keys.js'
import { Catalog } from './catalog/catalog.js'
import type { ServerConfig } from './config.js'
import { CustomSignatureStore } from './custom/custom-signature-store.js'
import { Downloads } from './files/downloads.js'
import type { LoadLimits } from './golden/verify-load.js'
import { CatalogRoute } from './http/catalog-route.js'
import { Management } from './http/management.js'
import { closeServer, openServer, SILENCE_MS } from './http/open-server.js'
import { readStatus, type StatusSources } from './http/read-status.js'
import { createRoutes } from './http/routes.js'
import { WaitingNodes } from './http/waiting-nodes.js'
import { ImportJournal } from './incoming/import-journal.js'
import { ImportLoop } from './incoming/import-loop.js'
import { ServerMetrics } from './metrics.js'
import { ProfileMeasurements } from './profile-measures/profile-measurements.js'
import { KnownNodes } from './roll-out/known-nodes.js'
import { RuleTrialRunner } from './trials/rule-trial-runner.js'
import { Uploads } from './uploads/uploads.js'

/** Everything that lives as long as the process. */
export interface Context extends AsyncDisposable {
  readonly imports: ImportLoop
}

/** What is kept on the volume. */
interface Stores {
  readonly nodes: KnownNodes
  readonly catalog: Catalog
  readonly journal: ImportJournal
  readonly custom: CustomSignatureStore
  readonly measures: ProfileMeasurements
  readonly uploads: Uploads
}

/** Takes up what is on the volume and starts to listen. @throws ConfigError when the certificate or a key cannot be used. */
export async function openContext(config: ServerConfig, log: Logger): Promise<Context> {
  const { TLS_CERTIFICATE_FILE: certificateFile, TLS_KEY_FILE: keyFile } = config
  await using cleanUp = new AsyncDisposableStack()
  const certificate = certificateFile && keyFile ? cleanUp.use(new ServerCertificate({ certificateFile, keyFile }, log)) : undefined
  const key = readSigningKey(config.CATALOG_KEY_FILE)
  const stores = await openStores(config.SIGNATURES_FOLDER, cleanUp, log)
  const waiting = new WaitingNodes()
  const metrics = new ServerMetrics({ ...stores, waiting })
  certificate?.measure(metrics.registry)
  const imports = createImportLoop(config, stores, metrics, log)
  const routes = createRoutes({
    ...stores,
    catalogRoute: new CatalogRoute({ ...stores, waiting, key, silenceMs: SILENCE_MS }),
    downloads: new Downloads(config.MAX_DOWNLOADS, metrics.downloads),
    management: new Management({ ...stores, imports, ruleTrials: ruleTrialRunner(config), keyFile: config.MANAGEMENT_KEY_FILE, log }),
    status: () => readStatus(statusSources(config, stores, log)),
    metrics,
    log,
  })
  const server = openServer(routes, certificate)
  cleanUp.defer(() => closeServer(server))
  cleanUp.defer(() => waiting.close())
  await listenOn(server, { host: config.LISTEN_HOST, port: config.PORT })
  const generation = stores.catalog.live?.generation ?? ''
  log.info({ port: config.PORT, isTls: certificate !== undefined, isSigned: key !== undefined, generation }, 'signature server listens')
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
    measures: await ProfileMeasurements.open(folder),
    uploads: cleanUp.use(await Uploads.open(join(folder, 'uploads'), log)),
  }
}

function createImportLoop(config: ServerConfig, stores: Stores, metrics: ServerMetrics, log: Logger): ImportLoop {
  const { catalog } = stores
  const settings = {
    get current() {
      return catalog.settings
    },
    // Canary and pin may have been changed since: only what a generation was made for is put in force with it.
    keep: ({ profile, profileFiles }: SignatureSettings) => catalog.changeSettings({ ...catalog.settings, profile, profileFiles }),
  }
  const policy = {
    acceptsUnsigned: config.UNSIGNED_FILES === 'accept',
    goldenFolders: config.GOLDEN_FOLDERS,
    trustedKeysFolder: config.TRUSTED_KEYS_FOLDER,
    loadLimits: loadLimits(config),
  }
  return new ImportLoop({
    ...stores,
    folder: config.SIGNATURES_FOLDER,
    starterFolder: config.STARTER_FOLDER,
    stableMs: config.STABLE_SECONDS * SECOND_MS,
    settings,
    policy,
    log,
    onEnd: (outcome) => {
      metrics.imports.inc({ outcome })
      // The import that has just ended comes first.
      if (outcome === 'refused') metrics.refusals.inc({ check: stores.journal.imports[0]?.check ?? '' })
    },
  })
}

function ruleTrialRunner({ SIGNATURES_FOLDER: folder, GOLDEN_FOLDERS: goldenFolders }: ServerConfig): RuleTrialRunner {
  return new RuleTrialRunner({ folder, goldenFolders })
}

function loadLimits({ TEST_LOAD_SECONDS: seconds, TEST_LOAD_MEMORY_MIB: mib }: ServerConfig): LoadLimits {
  return { ...(seconds !== undefined && { timeoutMs: seconds * SECOND_MS }), ...(mib !== undefined && { memoryBytes: mib * MIB_BYTES }) }
}

function statusSources(config: ServerConfig, stores: Stores, log: Logger): StatusSources {
  const { TRUSTED_KEYS_FOLDER: folder, UNSIGNED_FILES: unsignedFiles } = config
  const trustedKeys = async () => {
    try {
      return folder === undefined ? [] : await trustedFingerprints(folder)
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'a key of those whose signature bundles are taken cannot be read')
      return []
    }
  }
  return { ...stores, acceptsUnsigned: unsignedFiles === 'accept', trustedKeys }
}

/** @throws ConfigError when it is there and cannot be used. */
function readSigningKey(path: string | undefined) {
  try {
    return path === undefined ? undefined : readCatalogKey(path, 'private')
  } catch (error) {
    throw new ConfigError(messageOf(error))
  }
}
