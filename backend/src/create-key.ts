import { runProcess } from '@guardimesh/kit'
import { runCreateKey } from './commands/create-key.js'
import { readCreateKeyConfig } from './config/create-key-config.js'

await runProcess('create-key', readCreateKeyConfig, runCreateKey)
