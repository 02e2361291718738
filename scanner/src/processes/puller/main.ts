import { createLogger, runProcess } from '@guardimesh/kit'
import { readPullerConfig } from './config.js'
import { pullOnce, servePuller } from './service.js'

const log = createLogger('puller')

await runProcess(log, async (signal) => {
  const config = readPullerConfig(process.env)
  log.level = config.logLevel
  // The init container pulls once, so that clamd finds signatures when it starts.
  await (process.argv.includes('--once') ? pullOnce(config, log, signal) : servePuller(config, log, signal))
})
