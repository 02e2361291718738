import { writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { MINUTE_MS, type RollOut, type RuleTrialView, type SignatureServerStatus } from '@guardimesh/contracts'
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { CommandError } from '../command-error.js'
import type { ImportSnapshot } from '../signatures/follow-import.js'
import type { SignatureClient } from '../signatures/signature-client.js'
import { noteLine, printJson, printLines } from '../terminal/output.js'
import { type Report, runSteps } from '../terminal/steps.js'
import { connectService, type ServiceFlags, serviceOptions } from './service-options.js'

const PUSH_NOTE = `
A file is a bundle or one of its volumes (the other volumes are uploaded as
well), a database, or a folder of these. All files are imported together or
none. After an interruption, run the command again to resume the upload. The
exit code is 0 once the import is published.

Examples:
  guardimesh signatures push /media/usb/guardimesh-signatures-20261121T220000Z.tar.zst --url https://guardimesh.example --api-key-file key
  guardimesh signatures push daily.cvd yara/ --ca ca.crt        (with GUARDIMESH_URL and GUARDIMESH_API_KEY_FILE)`

const STATUS_NOTE = `
Use the file of --export on the packing machine: "signatures pack --since FILE"
skips databases that this installation has. The file lists databases only.`

const REMOVE_NOTE = `
The next generation is created without these sources, their deltas and their
detached signatures. All are removed together or none. Use "rollback" to
restore them.`

const ROLLBACK_NOTE = `
By default, rolls back to the previously active generation. The rollback affects
all nodes immediately, and later imports build on that generation.`

const TRY_NOTE = `
Compiles the rules, scans the golden set, and then the files of running
containers on every node. The rules are not activated and no findings are
created. Image layers are not scanned. The exit code is 0 when all nodes have
finished and nothing matches, 2 when no file was inspected, otherwise 1.

Example:
  guardimesh signatures try webshells.yar --url https://guardimesh.example --api-key-file key`

/** Adds the commands that connect to an installation. */
export function addSignatureServiceCommands(signatures: Command): void {
  serviceOptions(signatures.command('push').description('upload and import bundles and databases, and wait until they are published'))
    .argument('<file...>', 'bundles, volumes, databases or folders')
    .option('--allow-older', 'allow an older version to replace a newer one')
    .addOption(
      new Option('--state-file <file>', 'file that stores upload progress').default(
        join(homedir(), '.local/state/guardimesh/uploads.json'),
        '~/.local/state/guardimesh/uploads.json',
      ),
    )
    .action(push)
    .addHelpText('after', PUSH_NOTE)
  serviceOptions(
    signatures.command('try').description('run a trial of YARA rules: list the files that they match, without activating them'),
  )
    .argument('<rules>', 'file with YARA rules (maximum 256 KiB)')
    .option('--timeout <minutes>', 'time to wait for nodes', parseMinutes, 35)
    .option('--json', 'print JSON')
    .action(tryRules)
    .addHelpText('after', TRY_NOTE)
  serviceOptions(signatures.command('status').description('show the active signatures, the imports and the signatures of nodes'))
    .option('--json', 'print JSON')
    .option('--export <file>', 'write the list of databases for "signatures pack --since"')
    .action(status)
    .addHelpText('after', STATUS_NOTE)
  serviceOptions(signatures.command('remove').description('remove imported databases or rules'))
    .argument('<name...>', 'names as listed by "signatures status", such as ours.ndb or yara/packers.yar')
    .action(remove)
    .addHelpText('after', REMOVE_NOTE)
  serviceOptions(signatures.command('rollback').description('roll back to a kept generation'))
    .argument('[generation]', 'name as listed by "signatures status"')
    .option('--reason <text>', 'reason for the audit log')
    .action(rollback)
    .addHelpText('after', ROLLBACK_NOTE)
  serviceOptions(signatures.command('roll-out').description('promote, hold or discard the generation on the canary nodes'))
    .addArgument(new Argument('<action>', 'action on the rollout').choices(['promote', 'hold', 'discard']))
    .option('--reason <text>', 'reason for the audit log and the status of a held rollout')
    .action(changeRollOut)
}

interface PushFlags extends ServiceFlags {
  readonly allowOlder?: true
  readonly stateFile: string
}

async function push(files: string[], flags: PushFlags): Promise<void> {
  const { listUploads } = await import('../signatures/list-uploads.js')
  const { pushSignatures } = await import('../signatures/push-signatures.js')
  const { UploadStateStore } = await import('../signatures/upload-state.js')
  const service = await connectService(flags)
  const sources = await listUploads(files)
  const options = { service, sources, state: new UploadStateStore(flags.stateFile), allowOlder: flags.allowOlder === true }
  const title = sources.length === 1 ? `Upload ${sources[0]?.path}` : `Upload ${sources.length} files`
  await startAndFollow(service, title, (report) => pushSignatures(options, report))
}

async function remove(names: string[], flags: ServiceFlags): Promise<void> {
  const { findSourcePaths } = await import('../signatures/remove-sources.js')
  const service = await connectService(flags)
  const paths = findSourcePaths(names, (await service.status()).sources)
  await startAndFollow(service, `Remove ${paths.join(', ')}`, () => service.startImport({ remove: paths }))
}

/** Starts an import, waits until it has ended, and prints the outcome. */
async function startAndFollow(service: SignatureClient, title: string, start: (report: Report) => Promise<string>): Promise<void> {
  const { describePublished, followImport } = await import('../signatures/follow-import.js')
  let importId = ''
  let snapshot: ImportSnapshot | undefined
  const begin = async (report: Report) => {
    importId = await start(report)
  }
  const follow = async (report: Report) => {
    snapshot = await followImport(service, importId, report)
  }
  await runSteps([
    { title, run: begin },
    { title: 'Verify and publish', run: follow },
  ])
  if (snapshot) printLines(describePublished(snapshot))
}

const TRIAL_EXIT_CODES = { clean: 0, 'not-clean': 1, 'nothing-inspected': 2 } as const

interface TryFlags extends ServiceFlags {
  readonly timeout: number
  readonly json?: true
}

async function tryRules(file: string, flags: TryFlags): Promise<void> {
  const { describeTrial, followTrial, outcomeOf, readRules } = await import('../signatures/follow-trial.js')
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
    { title: 'Compile rules and scan the golden set', run: start },
    { title: 'Scan running containers', run: follow },
  ])
  if (!trial) return
  if (flags.json) printJson(trial)
  else printLines(describeTrial(trial))
  process.exitCode = TRIAL_EXIT_CODES[outcomeOf(trial)]
}

function parseMinutes(text: string): number {
  const minutes = Number(text)
  if (Number.isFinite(minutes) && minutes > 0 && minutes <= 60) return minutes
  throw new InvalidArgumentError('Specify a number of minutes (maximum 60).')
}

async function status(flags: ServiceFlags & { readonly json?: true; readonly export?: string }): Promise<void> {
  const { describeStatus } = await import('../signatures/describe-status.js')
  const { exportStatus } = await import('../signatures/status-export.js')
  const facts = await (await connectService(flags)).facts()
  if (flags.export !== undefined) {
    await writeFile(flags.export, `${JSON.stringify(exportStatus(facts.server, new Date()), null, 2)}\n`)
    noteLine(`wrote ${flags.export}`)
  }
  if (flags.json) printJson(facts)
  else printLines(describeStatus(facts))
}

async function rollback(generation: string | undefined, flags: ServiceFlags & { readonly reason?: string }): Promise<void> {
  const service = await connectService(flags)
  const after = await service.rollBack({ reason: flags.reason ?? '', ...(generation === undefined ? {} : { generation }) })
  printLines([`Rolled back to ${after.activeGeneration} on all nodes.`])
}

type RollOutAction = 'promote' | 'hold' | 'discard'

async function changeRollOut(action: RollOutAction, flags: ServiceFlags & { readonly reason?: string }): Promise<void> {
  const service = await connectService(flags)
  const { rollOut } = await service.status()
  if (!rollOut) throw new CommandError('There is no rollout: all nodes are offered the active generation.')
  const after = await service.changeRollOut({ action, generation: rollOut.generation, reason: flags.reason ?? '' })
  printLines([describeRollOutChange(action, rollOut, after)])
}

function describeRollOutChange(action: RollOutAction, { generation }: RollOut, { activeGeneration }: SignatureServerStatus): string {
  if (action === 'promote') return `${activeGeneration} is active on all nodes.`
  if (action === 'hold') return `The rollout of ${generation} is held on its canary nodes.`
  return `${generation} was discarded; ${activeGeneration} is active on all nodes.`
}
