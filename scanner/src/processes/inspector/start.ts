import { runProcess } from '@guardimesh/kit'
import { releaseMemoryRegularly } from '../../node/release-memory.js'
import { readInspectorConfig } from './config.js'
import { serveInspector } from './serve.js'

releaseMemoryRegularly()
await runProcess('inspector', readInspectorConfig, serveInspector)
