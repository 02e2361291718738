import { runProcess } from '@guardimesh/kit'
import { readPullerConfig } from './config.js'
import { runPuller } from './service.js'

await runProcess('puller', readPullerConfig, runPuller)
