import { fingerprintOf, formatCount } from '@guardimesh/kit'
import type { Command } from 'commander'
import { formatBytes } from '../terminal/format.js'
import { printJson, printLines } from '../terminal/output.js'
import { type Report, runSteps } from '../terminal/steps.js'
import { keygen } from './keygen.js'
import { volumeSizeOption } from './volume-size.js'

const PACK_NOTE = `
A folder can be a database folder of freshclam or cvdupdate, or a folder of your
own: ClamAV databases in the folder itself or in clamav/, YARA rules for the
obfuscation scanner in yara/. Deltas (.cdiff) and detached signatures (.sign) of
databases are packed with them. Other files are listed and skipped. A bundle
that is larger than --volume-size is split into volumes .001, .002, …

Examples:
  guardimesh signatures pack /var/lib/clamav --key keys/site.key --output /media/usb
  guardimesh signatures pack /var/lib/clamav rules/ --key keys/site.key --output /media/usb --since status.json --note "week 47"`

const INSPECT_NOTE = `
Examples:
  guardimesh signatures inspect guardimesh-signatures-20261121T220000Z.tar.zst
  guardimesh signatures inspect daily.cvd --json`

/** Adds the commands that work offline. */
export function addSignatureFileCommands(signatures: Command): void {
  signatures
    .command('keygen')
    .description('create a key pair for signing bundles: keep NAME.key secret, add NAME.pub to the trusted keys of the signature server')
    .argument('<name>', 'path of the two files, without file extension')
    .action(keygen)
    .addHelpText('after', '\nExample:\n  guardimesh signatures keygen keys/site')
  signatures
    .command('pack')
    .description('create a signed bundle of databases and rules for an offline installation')
    .argument('<folder...>', 'folders with databases and rules')
    .requiredOption('--key <file>', 'private key created by "signatures keygen"')
    .requiredOption('--output <folder>', 'output folder for the bundle')
    .addOption(volumeSizeOption())
    .option(
      '--since <file>',
      'output of "signatures status --export" of the destination: skips files that it has, and packs deltas instead of databases',
    )
    .option('--note <text>', 'note that is shown on import')
    .action(pack)
    .addHelpText('after', PACK_NOTE)
  signatures
    .command('verify')
    .description('verify that a signature bundle is complete, unchanged and signed, without extracting it')
    .argument('<file>', 'the bundle, or one of its volumes')
    .requiredOption('--key <file>', 'public key of the party that signed the bundle, obtained through a separate channel')
    .action(verify)
    .addHelpText('after', '\nExample:\n  guardimesh signatures verify guardimesh-signatures-20261121T220000Z.tar.zst --key site.pub')
  signatures
    .command('inspect')
    .description(
      'show the content of a signature bundle, a database (.cvd, .cld, .cud) or a delta (.cdiff), without verifying its signature',
    )
    .argument('<file>', 'bundle, database or delta')
    .option('--json', 'print JSON')
    .action(inspect)
    .addHelpText('after', INSPECT_NOTE)
}

interface PackFlags {
  readonly key: string
  readonly output: string
  readonly volumeSize: number
  readonly since?: string
  readonly note?: string
}

async function pack(folders: string[], flags: PackFlags): Promise<void> {
  const { readPrivateKey } = await import('@guardimesh/signature-format')
  const { packSignatures } = await import('../signatures/pack-signatures.js')
  const { describePack } = await import('../signatures/describe-pack.js')
  const { readStatusExport } = await import('../signatures/status-export.js')
  const privateKey = await readPrivateKey(flags.key)
  const since = flags.since === undefined ? undefined : await readStatusExport(flags.since)
  const common = { folders, privateKey, since, note: flags.note ?? '', outputFolder: flags.output, volumeSizeBytes: flags.volumeSize }
  let lines: string[] = []
  const run = async (report: Report) => {
    lines = describePack(await packSignatures({ ...common, report }))
  }
  await runSteps([{ title: 'Pack signatures', run }])
  printLines(lines)
}

async function verify(file: string, flags: { readonly key: string }): Promise<void> {
  const { readPublicKey, readSignatureArchive } = await import('@guardimesh/signature-format')
  const { describeManifest } = await import('../signatures/inspect-file.js')
  const publicKey = await readPublicKey(flags.key)
  let lines: string[] = []
  const run = async (report: Report) => {
    const { list } = await readSignatureArchive(file, [publicKey], { onFile: async ({ path }) => report(path) })
    const sizeBytes = list.files.reduce((sum, one) => sum + one.sizeBytes, 0)
    const line = `The bundle is complete: ${formatCount(list.files.length, 'file')}, ${formatBytes(sizeBytes)}, signed by ${fingerprintOf(publicKey)}.`
    lines = [line, ...describeManifest(list)]
  }
  await runSteps([{ title: `Verify ${file}`, run }])
  printLines(lines)
}

async function inspect(file: string, flags: { readonly json?: true }): Promise<void> {
  const { describeInspection, inspectFile } = await import('../signatures/inspect-file.js')
  const inspection = await inspectFile(file)
  if (flags.json) printJson(inspection)
  else printLines(describeInspection(inspection))
  if (inspection.kind === 'bundle' && inspection.problem !== '') process.exitCode = 1
}
