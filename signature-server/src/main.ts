import { createLogger, runProcess } from '@guardimesh/kit'
import { readServerConfig } from './config.js'
import { openContext } from './context.js'

const log = createLogger('signature-server')

await runProcess(log, async (signal) => {
  const config = readServerConfig(process.env)
  log.level = config.LOG_LEVEL
  await using context = await openContext(config, log)
  await context.imports.run(signal)
})
