import { runProcess } from '@guardimesh/kit'
import { runSetPassword } from './commands/set-password.js'
import { readSetPasswordConfig } from './config/set-password-config.js'

await runProcess('set-password', readSetPasswordConfig, runSetPassword)
