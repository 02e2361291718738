import { runProcess } from '@guardimesh/kit'
import { readWorkerConfig } from './config/worker-config.js'
import { runWorker } from './run-worker.js'

await runProcess('worker', readWorkerConfig, runWorker)
