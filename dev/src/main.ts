import { ConfigError, EXIT_CONFIG, GuardError, messageOf } from '@guardimesh/kit'
import { type DevConfig, readDevConfig } from './commands/config.js'
import { down, reset } from './commands/down.js'
import { infect } from './commands/infect.js'
import { tailOf } from './commands/log-tail.js'
import { newPassword } from './commands/password.js'
import { status } from './commands/status.js'
import { up } from './commands/up.js'
import { readFacts } from './stack/facts.js'

/** The commands behind the Makefile: `node e2e/dist/dev/main.js up|down|status|infect|password|reset`. */
const COMMANDS: Readonly<Record<string, (config: DevConfig) => Promise<void>>> = {
  up: (config) => up(config, process.env),
  down: ({ folders }) => down(folders),
  reset: ({ folders }) => reset(folders),
  status: ({ folders }) => status(folders),
  infect: async (config) => infect(await runningFacts(config)),
  password: async (config) => newPassword(config.folders, await runningFacts(config)),
}

async function runningFacts({ folders }: DevConfig) {
  const facts = await readFacts(folders.factsFile)
  if (!facts) throw new GuardError('RUNTIME_UNAVAILABLE', 'Guardimesh is not up: run make up first')
  return facts
}

try {
  const name = process.argv[2] ?? ''
  const command = COMMANDS[name]
  if (!command) throw new ConfigError(`give one of: ${Object.keys(COMMANDS).join(', ')}`)
  await command(readDevConfig(process.env))
} catch (error) {
  process.stderr.write(`\nerror: ${messageOf(error)}\n`)
  const logFile = error instanceof GuardError ? error.facts.logFile : undefined
  if (typeof logFile === 'string') process.stderr.write(`${await tailOf(logFile)}\nThe whole log: ${logFile}\n`)
  process.exitCode = error instanceof ConfigError ? EXIT_CONFIG : 1
}
