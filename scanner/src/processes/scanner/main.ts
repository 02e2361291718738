import { createLogger, runProcess } from '@guardimesh/kit'
import { readScannerSettings } from './config.js'
import { openContext } from './context.js'
import { runScanner } from './run.js'

const log = createLogger('scanner', process.env.LOG_LEVEL || 'info')

await runProcess(log, async (signal) => {
  await using context = await openContext(readScannerSettings(process.env), log)
  await runScanner(context, signal)
})
