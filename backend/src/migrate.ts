import { runProcess } from '@guardimesh/kit'
import { runMigrate } from './commands/migrate.js'
import { readCommandConfig } from './config/command-config.js'

await runProcess('migrate', readCommandConfig, runMigrate)
