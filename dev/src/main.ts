import { ConfigError, EXIT_CONFIG, messageOf } from '@guardimesh/kit'
import { type DevConfig, readDevConfig } from './commands/config.js'
import { down, reset } from './commands/down.js'
import { infect } from './commands/infect.js'
import { tailOf } from './commands/log-tail.js'
import { resetPassword } from './commands/password.js'
import { StartError } from './commands/start-error.js'
import { status } from './commands/status.js'
import { up } from './commands/up.js'
import { readFacts } from './stack/facts.js'

/** The commands of the Makefile: `node dev/dist/main.js up|down|status|infect|password|reset`. */
const COMMANDS: Readonly<Record<string, (config: DevConfig) => Promise<void>>> = {
  up,
  down: ({ folders }) => down(folders),
  reset: ({ folders }) => reset(folders),
  status: ({ folders }) => status(folders),
  infect: async (config) => infect(await runningFacts(config)),
  password: async (config) => resetPassword(config.folders, await runningFacts(config)),
}

async function runningFacts({ folders }: DevConfig) {
  const facts = await readFacts(folders.factsFile)
  if (!facts) throw new Error('Guardimesh is not running: run make up first')
  return facts
}

try {
  const name = process.argv[2] ?? ''
  const command = COMMANDS[name]
  if (!command) throw new ConfigError(`unknown command "${name}": use one of ${Object.keys(COMMANDS).join(', ')}`)
  await command(readDevConfig(process.env))
} catch (error) {
  process.stderr.write(`\nerror: ${messageOf(error)}\n`)
  if (error instanceof StartError) process.stderr.write(`${await tailOf(error.logFile)}\nFull log: ${error.logFile}\n`)
  process.exitCode = error instanceof ConfigError ? EXIT_CONFIG : 1
}
