import { runProcess } from '@guardimesh/kit'
import { readInspectorConfig } from './config.js'
import { serveInspector } from './serve.js'

await runProcess('inspector', readInspectorConfig, serveInspector)
