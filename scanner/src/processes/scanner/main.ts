import { runProcess } from '@guardimesh/kit'
import { readScannerConfig } from './config.js'
import { openContext } from './context.js'
import { runScanner } from './run.js'

await runProcess('scanner', readScannerConfig, async ({ config, log, signal }) => {
  await using context = await openContext(config, log)
  await runScanner(context, signal)
})
