import { runProcess } from '@guardimesh/kit'
import { readCleanUpConfig } from './config.js'
import { runCleanUp } from './run-clean-up.js'

await runProcess('clean-up', readCleanUpConfig, runCleanUp)
