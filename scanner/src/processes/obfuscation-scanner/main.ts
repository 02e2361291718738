import { createLogger, runProcess } from '@guardimesh/kit'
import { readObfuscationScannerConfig } from './config.js'
import { serveObfuscationScanner } from './serve.js'

const log = createLogger('obfuscation-scanner')

await runProcess(log, async (signal) => {
  const config = readObfuscationScannerConfig(process.env)
  log.level = config.logLevel
  await serveObfuscationScanner(config, log, signal)
})
