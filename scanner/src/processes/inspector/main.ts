import { createLogger, runProcess } from '@guardimesh/kit'
import { readInspectorConfig } from './config.js'
import { serveInspector } from './serve.js'

const log = createLogger('inspector')

await runProcess(log, async (signal) => {
  const config = readInspectorConfig(process.env)
  log.level = config.logLevel
  await serveInspector(config, log, signal)
})
