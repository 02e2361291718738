import { runProcess } from '@guardimesh/kit'
import { readObfuscationScannerConfig } from './config.js'
import { serveObfuscationScanner } from './serve.js'

await runProcess('obfuscation-scanner', readObfuscationScannerConfig, serveObfuscationScanner)
