import { writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { MINUTE_MS, type RollOut, type RuleTrialView, type SignatureServerStatus } from '@guardimesh/contracts'
import { Argument, type Command, InvalidArgumentError } from 'commander'
import { CommandError } from '../command-error.js'
import type { SeenImport } from '../signatures/follow-import.js'
import type { SignatureService } from '../signatures/signature-service.js'
import { type Report, runSteps } from '../terminal/steps.js'
import { connectService, type ServiceFlags, serviceOptions } from './service-options.js'

const PUSH_NOTE = `
A file is a bundle or one of its volumes (the others beside it go too), a single database, or a folder of them. All are imported together or
none is. Interrupted, run it again: uploads go on where they stopped. The exit code is 0 once the import is published.

Examples:
  guardimesh signatures push /media/stick/guardimesh-signatures-20261121T220000Z.tar.zst --url https://guardimesh.example --api-key-file key
  guardimesh signatures push daily.cvd yara/ --ca ca.crt        (with GUARDIMESH_URL and GUARDIMESH_API_KEY_FILE)`

const STATUS_NOTE = `
Carry the file of --export to where signatures are packed: "signatures pack --since FILE" leaves out what is here. It names databases only.`

const REMOVE_NOTE = `
They are out of the next generation, with their steps and signatures, all of them or none; "rollback" brings them back.`

const ROLLBACK_NOTE = `
At once, for all nodes; imports build on it from then on. Without a name it is the generation before the live one.`

const TRY_NOTE = `
Rules are compiled, look at the golden set, and then on every node at what is in the running containers now. Nothing is put in force and no finding
is made. Layers of images are not looked at. The exit code is 0 when all nodes have looked and nothing matches, else 1.

Example:
  guardimesh signatures try webshells.yar --url https://guardimesh.example --api-key-file key`

/** Commands that speak to an installation. */
export function addSignatureServiceCommands(signatures: Command): void {
  serviceOptions(signatures.command('push').description('bring bundles and databases in: upload, import, wait until they are published'))
    .argument('<file...>', 'bundles, volumes, databases, folders')
    .option('--allow-older', 'let an older version take the place of a newer one')
    .option('--state-file <file>', 'where it is kept how far uploads have come', join(homedir(), '.local/state/guardimesh/uploads.json'))
    .action(push)
    .addHelpText('after', PUSH_NOTE)
  serviceOptions(signatures.command('try').description('say which files YARA rules would call suspicious, without putting them in force'))
    .argument('<rules>', 'a file of YARA rules, at most 256 KiB')
    .option('--timeout <minutes>', 'how long nodes are waited for', parseMinutes, 35)
    .option('--json', 'print it for a program')
    .action(tryRules)
    .addHelpText('after', TRY_NOTE)
  serviceOptions(signatures.command('status').description('say which signatures are live, what was imported, and what nodes have'))
    .option('--json', 'print it for a program')
    .option('--export <file>', 'write which databases are here, for "signatures pack --since"')
    .action(status)
    .addHelpText('after', STATUS_NOTE)
  serviceOptions(signatures.command('remove').description('take databases or rules out that were brought in before'))
    .argument('<name...>', 'their names, as "signatures status" lists them: ours.ndb, yara/packers.yar')
    .action(remove)
    .addHelpText('after', REMOVE_NOTE)
  serviceOptions(signatures.command('rollback').description('make a kept generation the live one again'))
    .argument('[generation]', 'its name, as "signatures status" lists it')
    .option('--reason <text>', 'for the audit log', '')
    .action(rollback)
    .addHelpText('after', ROLLBACK_NOTE)
  serviceOptions(signatures.command('roll-out').description('go on with, hold or take back what only the canary nodes have yet'))
    .addArgument(new Argument('<action>', 'what to do').choices(['promote', 'hold', 'discard']))
    .option('--reason <text>', 'for the audit log, and for who looks at a held one', '')
    .action(changeRollOut)
}

interface PushFlags extends ServiceFlags {
  readonly allowOlder?: true
  readonly stateFile: string
}

async function push(files: string[], flags: PushFlags): Promise<void> {
  const { listUploads } = await import('../signatures/list-uploads.js')
  const { pushSignatures } = await import('../signatures/push-signatures.js')
  const { UploadMemory } = await import('../signatures/upload-memory.js')
  const service = await connectService(flags)
  const sources = await listUploads(files)
  const options = { service, sources, memory: new UploadMemory(flags.stateFile), allowOlder: flags.allowOlder === true }
  const title = sources.length === 1 ? `Upload ${sources[0]?.path}` : `Upload ${sources.length} files`
  await startAndFollow(service, title, (report) => pushSignatures(options, report))
}

async function remove(names: string[], flags: ServiceFlags): Promise<void> {
  const { sourcesNamed } = await import('../signatures/remove-sources.js')
  const service = await connectService(flags)
  const paths = sourcesNamed(names, (await service.status()).sources)
  await startAndFollow(service, `Take ${paths.join(', ')} out`, () => service.startImport({ remove: paths }))
}

/** Starts an import, waits until it has ended, and says what came of it. */
async function startAndFollow(service: SignatureService, title: string, start: (report: Report) => Promise<string>): Promise<void> {
  const { describePublished, followImport } = await import('../signatures/follow-import.js')
  let importId = ''
  let seen: SeenImport | undefined
  const begin = async (report: Report) => {
    importId = await start(report)
  }
  const follow = async (report: Report) => {
    seen = await followImport(service, importId, report)
  }
  await runSteps([
    { title, run: begin },
    { title: 'Check and publish', run: follow },
  ])
  if (seen) process.stdout.write(describePublished(seen))
}

interface TryFlags extends ServiceFlags {
  readonly timeout: number
  readonly json?: true
}

async function tryRules(file: string, flags: TryFlags): Promise<void> {
  const { describeTrial, followTrial, isWithoutHits, readRules } = await import('../signatures/follow-trial.js')
  const service = await connectService(flags)
  const rules = await readRules(file)
  let trial: RuleTrialView | undefined
  const start = async () => {
    trial = await service.startRuleTrial(rules)
  }
  const follow = async (report: Report) => {
    if (trial) trial = await followTrial(service, trial, flags.timeout * MINUTE_MS, report)
  }
  await runSteps([
    { title: 'Compile, and look at the golden set', run: start },
    { title: 'Look at running containers', run: follow },
  ])
  if (!trial) return
  process.stdout.write(flags.json ? `${JSON.stringify(trial, null, 2)}\n` : describeTrial(trial))
  if (!isWithoutHits(trial)) process.exitCode = 1
}

function parseMinutes(text: string): number {
  const minutes = Number(text)
  if (Number.isFinite(minutes) && minutes > 0 && minutes <= 60) return minutes
  throw new InvalidArgumentError('Give minutes, at most 60.')
}

async function status(flags: ServiceFlags & { readonly json?: true; readonly export?: string }): Promise<void> {
  const { describeStatus } = await import('../signatures/describe-status.js')
  const { exportStatus } = await import('../signatures/status-export.js')
  const facts = await (await connectService(flags)).facts()
  if (flags.export !== undefined) {
    await writeFile(flags.export, `${JSON.stringify(exportStatus(facts.server, new Date()), null, 2)}\n`)
    process.stderr.write(`${flags.export} was written\n`)
  }
  process.stdout.write(flags.json ? `${JSON.stringify(facts, null, 2)}\n` : describeStatus(facts))
}

async function rollback(generation: string | undefined, flags: ServiceFlags & { readonly reason: string }): Promise<void> {
  const service = await connectService(flags)
  const after = await service.rollBack({ reason: flags.reason, ...(generation === undefined ? {} : { generation }) })
  process.stdout.write(`${after.activeGeneration} is live again, for all nodes.\n`)
}

type RollOutAction = 'promote' | 'hold' | 'discard'

async function changeRollOut(action: RollOutAction, flags: ServiceFlags & { readonly reason: string }): Promise<void> {
  const service = await connectService(flags)
  const { rollOut } = await service.status()
  if (!rollOut) throw new CommandError('Nothing is being rolled out: every node is offered the live generation.')
  const after = await service.changeRollOut({ action, generation: rollOut.generation, reason: flags.reason })
  process.stdout.write(`${sentenceOf(action, rollOut, after)}\n`)
}

function sentenceOf(action: RollOutAction, { generation }: RollOut, { activeGeneration }: SignatureServerStatus): string {
  if (action === 'promote') return `${activeGeneration} is live, for all nodes.`
  if (action === 'hold') return `${generation} stays on its canary nodes.`
  return `${generation} was taken back; ${activeGeneration} is live for all nodes.`
}
