import { runProcess } from '@guardimesh/kit'
import { readDevConfig } from './commands/config.js'
import { runDaemon } from './run-daemon.js'

await runProcess('dev-env', readDevConfig, runDaemon)
