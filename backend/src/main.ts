import { SECOND_MS } from '@guardimesh/contracts'
import { aborted, createLogger, runProcess, sleep } from '@guardimesh/kit'
import { readApiConfig } from './config/api-config.js'
import { createApi } from './create-app.js'
import { HealthService } from './platform/health/health.service.js'

/** Delay between "not ready" and the shutdown, in which Kubernetes removes the pod from its services. */
const DRAIN_MS = 3 * SECOND_MS

/** The API process for console and nodes. */
const log = createLogger('backend')
await runProcess(log, async (signal) => {
  const config = readApiConfig()
  log.level = config.logLevel
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
})
