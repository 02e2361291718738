import type { Logger } from '@guardimesh/kit'
import { readCurrentManifest } from '@guardimesh/signature-format'
import { ClamdConfig } from './clamd-config.js'
import type { PullerConfig } from './config.js'
import { chooseLoadMode, type LoadMode } from './load-mode.js'
import { PullSource } from './pull-source.js'
import { PullerReportStore } from './puller-report-store.js'
import type { ReloadOptions } from './reload-clamd.js'
import { ServerSource } from './server-source.js'
import { TransferCounters } from './transfer-counters.js'

/** What lives as long as the process. */
export interface PullerContext extends Disposable {
  readonly server: ServerSource | undefined
  readonly sources: PullSource
  readonly transfers: TransferCounters
  readonly serving: ReloadOptions
}

/** Puts the parts together. clamd finds a configuration from here on, whatever becomes of the first pull. */
export async function openContext(config: PullerConfig, log: Logger): Promise<PullerContext> {
  const { SIGNATURES_SOURCE_FOLDER: folder, SIGNATURES_FOLDER: signaturesFolder, CLAMD_MEMORY_BYTES: clamdMemoryBytes } = config
  const transfers = new TransferCounters()
  const report = new PullerReportStore(config.RUN_FOLDER)
  const clamdConfig = openClamdConfig(config)
  await clamdConfig?.write(await activeLoadMode(signaturesFolder, clamdMemoryBytes))
  const server = openServer(config, transfers, log)
  const serving = { clamdSocket: config.CLAMD_SOCKET, clamdConfig, report, log }
  const sources = new PullSource({ ...serving, signaturesFolder, clamdMemoryBytes, transfers, server, folder })
  return { server, sources, transfers, serving, [Symbol.dispose]: () => server?.[Symbol.dispose]() }
}

function openClamdConfig({ CLAMD_CONFIG_FILE: file, CLAMD_CONFIG_TEMPLATE: template }: PullerConfig): ClamdConfig | undefined {
  return file === undefined || template === undefined ? undefined : new ClamdConfig({ file, template })
}

/** How clamd is to load what is in force; what does not fit any more was not refused when it was brought, and is not taken away. */
async function activeLoadMode(signaturesFolder: string, limitBytes: number | undefined): Promise<LoadMode> {
  try {
    return chooseLoadMode((await readCurrentManifest(signaturesFolder))?.manifest.memoryBytes, limitBytes)
  } catch {
    return 'alone'
  }
}

function openServer(config: PullerConfig, transfers: TransferCounters, log: Logger): ServerSource | undefined {
  const { SIGNATURE_SERVER_URL: url, SIGNATURE_SERVER_CA_FILE: caFile, SIGNATURE_SERVER_KEY_FILE: keyFile } = config
  if (url === undefined) return undefined
  return new ServerSource({ url, caFile, keyFile, nodeName: config.NODE_NAME, signaturesFolder: config.SIGNATURES_FOLDER, transfers, log })
}
