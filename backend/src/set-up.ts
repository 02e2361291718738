import { runProcess } from '@guardimesh/kit'
import { readSetUpJobConfig } from './config/set-up-config.js'
import { runSetUp } from './set-up/run-set-up.js'

await runProcess('set-up', readSetUpJobConfig, runSetUp)
