import {
  CreateException,
  EXCEPTION_CRITERIA,
  EXCEPTION_DAYS_DEFAULT,
  EXCEPTION_DAYS_MAX,
  EXCEPTION_STATES,
  ExceptionCriteria,
  type ExceptionCriterion,
  type ExceptionView,
} from '@guardimesh/contracts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import { CommandError } from '../command-error.js'
import type { ExceptionClient } from '../exceptions/exception-client.js'
import { printJson, printLines } from '../terminal/output.js'
import { type ConsoleFlags, consoleOptions, readConsoleAddress } from './service-options.js'

const SCOPE = 'exceptions:write'

const CRITERIA_NOTE = `
A finding must match all given criteria. In --path and --workload, * matches any
characters except /, ** any characters, and ? one character except /; a
backslash in front of * or ? takes their meaning.`

const CREATE_NOTE = `${CRITERIA_NOTE}

New findings that match are stored and marked, but open no incident, send no
notification and are left out of lists. Run "exceptions preview" first.

Example:
  guardimesh exceptions create --sha256 275a021b… --namespace ci --reason "EICAR file of the tests" --days 90`

const MEANINGS: Readonly<Record<ExceptionCriterion, string>> = {
  sha256: 'SHA-256 of the content',
  signature: 'name of the signature',
  path: 'path, with wildcards',
  image: 'image reference or digest',
  workload: 'name of the pod, or of a container without a pod, with wildcards',
  namespace: 'namespace',
  cluster: 'cluster',
}

type CriteriaFlags = ConsoleFlags & Partial<Record<ExceptionCriterion, string>> & { readonly json?: true }

export function addExceptionCommands(exceptions: Command): void {
  consoleOptions(exceptions.command('list').description('list exceptions, newest first'), SCOPE)
    .addOption(new Option('--state <state>', 'only exceptions in this state').choices(EXCEPTION_STATES))
    .option('--unused', 'only active exceptions that matched nothing for a week')
    .option('--json', 'print JSON')
    .action(list)
  withCriteria(exceptions.command('preview').description('show what an exception would have hidden'))
    .action(preview)
    .addHelpText('after', CRITERIA_NOTE)
  withCriteria(exceptions.command('create').description('create an exception'))
    .requiredOption('--reason <text>', 'why these findings are accepted')
    .addOption(
      new Option('--days <days>', `validity, up to ${EXCEPTION_DAYS_MAX} days`)
        .argParser(parseDays)
        .default(EXCEPTION_DAYS_DEFAULT)
        .conflicts('never'),
    )
    .option('--never', 'the exception never expires')
    .option('--confirm-broad', 'create the exception even if it matches more than one content or file')
    .action(create)
    .addHelpText('after', CREATE_NOTE)
  consoleOptions(exceptions.command('revoke').description('end an exception; it is kept for the record'), SCOPE)
    .argument('<id>', 'id as listed by "exceptions list"', parseId)
    .option('--json', 'print JSON')
    .action(revoke)
}

function withCriteria(command: Command): Command {
  consoleOptions(command, SCOPE).option('--json', 'print JSON')
  for (const name of EXCEPTION_CRITERIA) command.option(`--${name} <text>`, MEANINGS[name])
  return command
}

async function list(flags: ConsoleFlags & { readonly state?: string; readonly unused?: true; readonly json?: true }): Promise<void> {
  const { describeExceptions } = await import('../exceptions/describe-exceptions.js')
  const client = await connect(flags)
  const { state, unused } = flags
  const found = await client.list({ ...(state === undefined ? {} : { state }), ...(unused ? { unused: 'true' } : {}) })
  if (flags.json) printJson(found)
  else printLines(describeExceptions(found))
}

async function preview(flags: CriteriaFlags): Promise<void> {
  const { describePreview } = await import('../exceptions/describe-exceptions.js')
  const criteria = parsed(ExceptionCriteria, criteriaOf(flags))
  const found = await (await connect(flags)).preview(criteria)
  if (flags.json) printJson(found)
  else printLines(describePreview(found))
}

interface CreateFlags extends CriteriaFlags {
  readonly reason: string
  readonly days: number
  readonly never?: true
  readonly confirmBroad?: true
}

async function create(flags: CreateFlags): Promise<void> {
  const { reason, days, never, confirmBroad } = flags
  const request = { criteria: criteriaOf(flags), reason, expiresInDays: never ? 'never' : days, confirmBroad: confirmBroad === true }
  const exception = parsed(CreateException, request)
  const created = await (await connect(flags)).create(exception)
  printOne(created, flags, `Exception ${created.exceptionId} created. It ${expiryText(created)}.`)
}

async function revoke(exceptionId: number, flags: ConsoleFlags & { readonly json?: true }): Promise<void> {
  const revoked = await (await connect(flags)).revoke(exceptionId)
  printOne(revoked, flags, `Exception ${exceptionId} is revoked. New findings count again.`)
}

function printOne(exception: ExceptionView, { json }: { readonly json?: true }, text: string): void {
  if (json) printJson(exception)
  else printLines([text])
}

function expiryText({ expiresAt }: ExceptionView): string {
  return expiresAt === null ? 'never expires' : `expires at ${expiresAt}`
}

async function connect(flags: ConsoleFlags): Promise<ExceptionClient> {
  const { ExceptionClient } = await import('../exceptions/exception-client.js')
  return new ExceptionClient(await readConsoleAddress(flags, SCOPE))
}

function criteriaOf(flags: CriteriaFlags): Partial<Record<ExceptionCriterion, string>> {
  return Object.fromEntries(EXCEPTION_CRITERIA.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])))
}

/** @throws CommandError that names invalid options. */
function parsed<Value>(schema: z.ZodType<Value>, input: unknown): Value {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new CommandError(`Invalid options: ${z.prettifyError(result.error)}`)
}

function parseDays(text: string): number {
  const days = Number(text)
  if (Number.isInteger(days) && days >= 1 && days <= EXCEPTION_DAYS_MAX) return days
  throw new InvalidArgumentError(`It must be a number of days from 1 to ${EXCEPTION_DAYS_MAX}.`)
}

function parseId(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be the id of an exception.')
}
