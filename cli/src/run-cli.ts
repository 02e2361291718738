import { ConfigError, GuardError, systemCodeOf, VERSION } from '@guardimesh/kit'
import { Command, CommanderError } from 'commander'
import { CommandError } from './command-error.js'
import { addAuditCommands } from './commands/audit.js'
import { addBackupCommands } from './commands/backup.js'
import { addBundleCommands } from './commands/bundle.js'
import { addDoctorCommands } from './commands/doctor.js'
import { addExceptionCommands } from './commands/exceptions.js'
import { addLoadCommand } from './commands/load.js'
import { addPasswordCommand } from './commands/password.js'
import { addSignatureFileCommands } from './commands/signature-files.js'
import { addSignatureServiceCommands } from './commands/signature-service.js'
import { addSupportBundleCommand } from './commands/support-bundle.js'
import { commandOutput, printError } from './terminal/output.js'

const EXIT_FAILED = 1
const EXIT_USAGE = 2
/** System errors that users can act on without a stack: a missing file, a server that does not answer. */
const SYSTEM_CODES = /^E[A-Z]{2,}$/

/** Runs one command. @returns its exit code: 0 success, 1 failure, 2 usage error. */
export async function runCli(args: readonly string[]): Promise<number> {
  const program = buildProgram()
  try {
    await program.parseAsync([...args], { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE
    printError(describe(error))
    return EXIT_FAILED
  }
}

function describe(error: unknown): string {
  if (error instanceof CommandError || error instanceof ConfigError || isActionable(error)) return error.message
  if (error instanceof Error && SYSTEM_CODES.test(systemCodeOf(error) ?? '')) return `${error.message}.`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** A GuardError has an actionable message; INTERNAL is a defect, which needs its stack. */
function isActionable(error: unknown): error is GuardError {
  return error instanceof GuardError && error.code !== 'INTERNAL'
}

function buildProgram(): Command {
  const program = new Command('guardimesh')
    .description('Installs and maintains Guardimesh in clusters without internet access.')
    .version(VERSION)
    .exitOverride()
    .configureOutput(commandOutput)
    .showHelpAfterError('(add --help for the options)')
    .addHelpText('after', '\nExit codes: 0 success, 1 failure or a problem found, 2 usage error, or nothing was inspected.')
  const bundle = program.command('bundle').description('build, verify, extract and load the bundle for air-gapped installation')
  addBundleCommands(bundle)
  addLoadCommand(bundle)
  const signatures = program.command('signatures').description('pack, import, roll out and roll back signatures')
  addSignatureFileCommands(signatures)
  addSignatureServiceCommands(signatures)
  addExceptionCommands(program.command('exceptions').description('list, preview, create and revoke exceptions'))
  addAuditCommands(program.command('audit').description('list, verify and export the audit log'))
  addDoctorCommands(program.command('doctor').description('diagnose a node or a cluster'))
  addSupportBundleCommand(program)
  addBackupCommands(program)
  addPasswordCommand(program)
  return program
}
