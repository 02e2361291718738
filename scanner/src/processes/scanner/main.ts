import { runProcess } from '@guardimesh/kit'
import { readScannerConfig } from './config.js'
import { runScanner } from './run.js'

await runProcess('scanner', readScannerConfig, runScanner)
