import { SECOND_MS } from '@guardimesh/contracts'
import { aborted, type ProcessContext, sleep } from '@guardimesh/kit'
import type { ApiConfig } from './config/api-config.js'
import { createApi } from './create-app.js'
import { HealthService } from './platform/health/health.service.js'

/** Delay between "not ready" and the shutdown, in which Kubernetes removes the pod from its services. */
const DRAIN_MS = 3 * SECOND_MS

/** Runs the API process for console and nodes until the signal is aborted. */
export async function runApi({ config, log, signal }: ProcessContext<ApiConfig>): Promise<void> {
  const api = await createApi(config, log)
  try {
    const url = await api.listen(config.listenHost, config.port)
    log.info({ url, publicUrl: config.publicUrl?.href }, 'listening')
    await aborted(signal)
    api.app.get(HealthService).markStopping()
    await sleep(DRAIN_MS)
  } finally {
    await api.close()
  }
  log.info('stopped')
}
