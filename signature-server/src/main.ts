import { createLogger, runProcess } from '@guardimesh/kit'
import { readSignatureServerConfig } from './config.js'
import { openContext } from './context.js'

const log = createLogger('signature-server')

await runProcess(log, async (signal) => {
  const config = readSignatureServerConfig(process.env)
  log.level = config.logLevel
  await using context = await openContext(config, log)
  await context.imports.run(signal)
})
