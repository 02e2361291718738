import { createLogger, runProcess } from '@guardimesh/kit'
import { readInspectorConfig } from './config.js'
import { serveInspector } from './serve.js'

const log = createLogger('inspector', process.env.LOG_LEVEL)

await runProcess(log, (signal) => serveInspector(readInspectorConfig(process.env), log, signal))
