import { ConfigError, GuardError, systemCodeOf } from '@guardimesh/kit'
import { Command, CommanderError } from 'commander'
import { CommandError } from './command-error.js'
import { addBackupCommands } from './commands/backup.js'
import { addBundleCommands } from './commands/bundle.js'
import { addDoctorCommands } from './commands/doctor.js'
import { addLoadCommand } from './commands/load.js'
import { addPasswordCommand } from './commands/password.js'
import { addSignatureFileCommands } from './commands/signature-files.js'
import { addSignatureServiceCommands } from './commands/signature-service.js'
import { addSupportBundleCommand } from './commands/support-bundle.js'
import { asLines } from './terminal/format.js'
import { VERSION } from './version.js'

const EXIT_FAILED = 1
const EXIT_USAGE = 2
/** What a person can act on without knowing our code: a file that is not there, a server that does not answer. */
const SYSTEM_CODES = /^E[A-Z]{2,}$/

/** Runs one command. @returns its exit code: 0 fine, 1 failed, 2 wrongly called. */
export async function runCli(args: readonly string[]): Promise<number> {
  const program = buildProgram()
  try {
    await program.parseAsync([...args], { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE
    process.stderr.write(`guardimesh: ${asLines(describe(error))}\n`)
    return EXIT_FAILED
  }
}

function describe(error: unknown): string {
  if (error instanceof CommandError || error instanceof ConfigError || isForPeople(error)) return error.message
  if (error instanceof Error && SYSTEM_CODES.test(systemCodeOf(error) ?? '')) return `${error.message}.`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** An error of the kit says what to do, too; INTERNAL is one of ours, with its stack. */
function isForPeople(error: unknown): error is GuardError {
  return error instanceof GuardError && error.code !== 'INTERNAL'
}

function buildProgram(): Command {
  const program = new Command('guardimesh')
    .description('Brings Guardimesh into clusters without internet, and looks after it there.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('(add --help for the options)')
    .addHelpText('after', '\nExit code: 0 fine, 1 failed or something is wrong, 2 wrongly called.')
  const bundle = program.command('bundle').description('make, verify, unpack and load the bundle that carries everything over the air gap')
  addBundleCommands(bundle)
  addLoadCommand(bundle)
  const signatures = program.command('signatures').description('pack, import, roll out and roll back signatures')
  addSignatureFileCommands(signatures)
  addSignatureServiceCommands(signatures)
  addDoctorCommands(program.command('doctor').description('say what is wrong with a node or a cluster, and what to do'))
  addSupportBundleCommand(program)
  addBackupCommands(program)
  addPasswordCommand(program)
  return program
}
