import { AUDIT_RESULTS, EXPORT_FORMATS, type ExportFormat, PAGE_LIMIT_MAX } from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { printJson, printLines } from '../terminal/output.js'
import { type ConsoleFlags, consoleOptions, readConsoleAddress } from './service-options.js'

const FILTER_NOTE = `
A text filter is the whole text; "~text" finds texts that contain it, "-text"
those without it, and commas separate several.

Example:
  guardimesh audit list --action ~api-key --result failure --url https://guardimesh.example --api-key-file key`

const VERIFY_NOTE = `
Prints the last position and hash. Keep them outside of the installation and
pass them to the next verification: it then also detects that the end of the
log was deleted, or that the whole log was replaced. The exit code is 1 if an
entry was changed or deleted.`

const EXPORT_NOTE = `
The file gets its name once it is complete. The export is recorded in the audit
log.`

interface FilterFlags extends ConsoleFlags {
  readonly actor?: string
  readonly action?: string
  readonly target?: string
  readonly result?: string
  readonly search?: string
  readonly since?: string
  readonly until?: string
}

/** Adds the commands for the audit log. */
export function addAuditCommands(audit: Command): void {
  filterOptions(audit.command('list').description('list entries, newest first'))
    .option('--limit <number>', 'maximum number of entries', parseLimit, '50')
    .option('--json', 'print JSON')
    .action(list)
    .addHelpText('after', FILTER_NOTE)
  consoleOptions(audit.command('verify').description('verify that no entry was changed or deleted'), 'audit:read')
    .option('--position <number>', 'last position of an earlier verification')
    .option('--hash <sha256>', 'hash of that position')
    .option('--json', 'print JSON')
    .action(verify)
    .addHelpText('after', VERIFY_NOTE)
  filterOptions(audit.command('export').description('save entries as a file'))
    .requiredOption('--output <file>', 'file to write')
    .addOption(new Option('--format <format>', 'format of the file').choices(EXPORT_FORMATS).default('ndjson'))
    .action(saveEntries)
    .addHelpText('after', EXPORT_NOTE)
}

function filterOptions(command: Command): Command {
  return consoleOptions(command, 'audit:read')
    .option('--actor <filter>', 'name of the author')
    .option('--action <filter>', 'action, such as api-key.create')
    .option('--target <filter>', 'changed object')
    .addOption(new Option('--result <result>', 'result of the action').choices(AUDIT_RESULTS))
    .option('--search <text>', 'text in author, action, target, address, request id or details')
    .option('--since <time>', 'earliest time, ISO 8601')
    .option('--until <time>', 'latest time, ISO 8601')
}

async function list({ limit, json, ...flags }: FilterFlags & { readonly limit: string; readonly json?: true }): Promise<void> {
  const { describeEntries } = await import('../audit/describe-audit.js')
  const page = await (await connect(flags)).list({ ...filtersOf(flags), limit })
  if (json) printJson(page.items)
  else printLines(describeEntries(page.items))
}

interface VerifyFlags extends ConsoleFlags {
  readonly position?: string
  readonly hash?: string
  readonly json?: true
}

async function verify({ position, hash, json, ...flags }: VerifyFlags): Promise<void> {
  const { describeVerification } = await import('../audit/describe-audit.js')
  const result = await (await connect(flags)).verify({ position, hash })
  if (json) printJson(result)
  else printLines(describeVerification(result))
  process.exitCode = result.isIntact ? 0 : 1
}

async function saveEntries(flags: FilterFlags & { readonly output: string; readonly format: ExportFormat }): Promise<void> {
  const { saveExport } = await import('../audit/save-export.js')
  const { output, format } = flags
  const response = await (await connect(flags)).openExport({ ...filtersOf(flags), format })
  const rows = await saveExport(response, output, format)
  printLines([`Wrote ${formatCount(rows, 'entry', 'entries')} to ${output}.`])
}

async function connect(flags: ConsoleFlags) {
  const { AuditClient } = await import('../audit/audit-client.js')
  return new AuditClient(await readConsoleAddress(flags, 'audit:read'))
}

function filtersOf({ actor, action, target, result, search, since, until }: FilterFlags) {
  return { actor, action, target, result, search, since, until }
}

function parseLimit(text: string): string {
  if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= PAGE_LIMIT_MAX) return text
  throw new InvalidArgumentError(`Specify a number from 1 to ${PAGE_LIMIT_MAX}.`)
}
