import { SECOND_MS } from '@guardimesh/contracts'
import { aborted, createLogger, runProcess, sleep } from '@guardimesh/kit'
import { readApiConfig } from './config/api-config.js'
import { createApi } from './create-app.js'
import { HealthService } from './platform/health/health.service.js'

/** Between "not ready" and the end, so that who sends work here has time to notice: Kubernetes takes a pod out of its services in that time. */
const DRAIN_MS = 3 * SECOND_MS

/** The API process: the console's and the nodes' door. */
const log = createLogger('backend')
await runProcess(log, async (signal) => {
  const config = readApiConfig(process.env)
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
