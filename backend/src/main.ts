import { runProcess } from '@guardimesh/kit'
import { readApiConfig } from './config/api-config.js'
import { runApi } from './run-api.js'

await runProcess('backend', readApiConfig, runApi)
