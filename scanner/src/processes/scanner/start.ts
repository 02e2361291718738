import { KIB_BYTES } from '@guardimesh/contracts/units'
import { runProcess } from '@guardimesh/kit'
import { releaseMemoryRegularly } from '../../node/release-memory.js'
import { readScannerConfig } from './config.js'
import { runScanner } from './run.js'

/** Small buffers are parts of a block. One path in a cache keeps its whole block in memory, and 10,000 may be cached: Node.js uses 64 KiB. */
Buffer.poolSize = 8 * KIB_BYTES

releaseMemoryRegularly()
await runProcess('scanner', readScannerConfig, runScanner)
