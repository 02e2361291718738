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

/** Objects that live as long as the puller process. */
export interface PullerContext extends Disposable {
  readonly server: ServerSource | undefined
  readonly source: PullSource
  readonly transfers: TransferCounters
  readonly reload: ReloadOptions
}

/** Creates the objects of the process. Writes clamd's configuration first, so that clamd can start even if the first pull fails. */
export async function openContext(config: PullerConfig, log: Logger): Promise<PullerContext> {
  const { signaturesFolder, clamd, clamdMemoryBytes, sourceFolder } = config
  const transfers = new TransferCounters()
  const report = new PullerReportStore(config.runFolder)
  const clamdConfig = config.clamdConfig && new ClamdConfig(config.clamdConfig)
  await clamdConfig?.write(await activeLoadMode(signaturesFolder, clamdMemoryBytes))
  const server = openServer(config, report, transfers, log)
  const reload = { clamd, clamdConfig, report, log }
  const source = new PullSource({ ...reload, signaturesFolder, clamdMemoryBytes, transfers, server, folder: sourceFolder })
  return { server, source, transfers, reload, [Symbol.dispose]: () => server?.[Symbol.dispose]() }
}

/** An active generation that no longer fits into memory stays active: it is loaded sequentially instead of being rejected. */
async function activeLoadMode(signaturesFolder: string, limitBytes: number | undefined): Promise<LoadMode> {
  try {
    return chooseLoadMode((await readCurrentManifest(signaturesFolder))?.manifest.memoryBytes, limitBytes)
  } catch {
    return 'sequential'
  }
}

function openServer(config: PullerConfig, report: PullerReportStore, transfers: TransferCounters, log: Logger): ServerSource | undefined {
  const { signatureServer, nodeName, signaturesFolder, runFolder } = config
  return signatureServer && new ServerSource({ ...signatureServer, nodeName, signaturesFolder, runFolder, report, transfers, log })
}
