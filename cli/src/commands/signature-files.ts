import { formatCount } from '@guardimesh/kit'
import type { Command } from 'commander'
import { asLine, formatBytes } from '../terminal/format.js'
import { type Report, runSteps } from '../terminal/steps.js'
import { keygen } from './keygen.js'
import { volumeSizeOption } from './volume-size.js'

const PACK_NOTE = `
A folder is one of freshclam or cvdupdate, or of your own: databases of ClamAV's forms directly in it or in clamav/, rules of the
obfuscation scanner in yara/. Beside .cvd and .cld their .cdiff and .sign are taken; what is no signature file is named and left out.
What fits into one file of --volume-size is one file; a larger bundle is volumes .001, .002, …

Examples:
  guardimesh signatures pack /var/lib/clamav --key keys/site.key --output /media/stick
  guardimesh signatures pack /var/lib/clamav rules/ --key keys/site.key --output /media/stick --since status.json --note "week 47"`

const INSPECT_NOTE = `
Examples:
  guardimesh signatures inspect guardimesh-signatures-20261121T220000Z.tar.zst
  guardimesh signatures inspect daily.cvd --json`

/** Commands that need no network. */
export function addSignatureFileCommands(signatures: Command): void {
  signatures
    .command('keygen')
    .description('make the key pair that bundles are signed with: NAME.key stays secret, NAME.pub is trusted by the signature server')
    .argument('<name>', 'path of the two files, without ending')
    .action(keygen)
    .addHelpText('after', '\nExample:\n  guardimesh signatures keygen keys/site')
  signatures
    .command('pack')
    .description('make a signed bundle of databases and rules, to be carried over the air gap')
    .argument('<folder...>', 'where they are')
    .requiredOption('--key <file>', 'private key of "signatures keygen"')
    .requiredOption('--output <folder>', 'where the bundle goes')
    .addOption(volumeSizeOption())
    .option('--since <file>', 'what "signatures status --export" wrote on the other side: leaves out what is there, and takes steps')
    .option('--note <text>', 'a line for whoever imports it', '')
    .action(pack)
    .addHelpText('after', PACK_NOTE)
  signatures
    .command('verify')
    .description('prove that a signature bundle is whole, unchanged and signed; nothing is written')
    .argument('<file>', 'the bundle, or a volume of it')
    .requiredOption('--key <file>', 'public key of whoever packed it, brought on another way than the bundle')
    .action(verify)
    .addHelpText('after', '\nExample:\n  guardimesh signatures verify guardimesh-signatures-20261121T220000Z.tar.zst --key site.pub')
  signatures
    .command('inspect')
    .description('say what is in a signature bundle, a database (.cvd, .cld, .cud) or a step (.cdiff); needs no key and proves nothing')
    .argument('<file>', 'the file')
    .option('--json', 'print it for a program')
    .action(inspect)
    .addHelpText('after', INSPECT_NOTE)
}

interface PackFlags {
  readonly key: string
  readonly output: string
  readonly volumeSize: number
  readonly since?: string
  readonly note: string
}

async function pack(folders: string[], flags: PackFlags): Promise<void> {
  const { readPrivateKey } = await import('@guardimesh/signature-format')
  const { packSignatures } = await import('../signatures/pack-signatures.js')
  const { describePack } = await import('../signatures/describe-pack.js')
  const { readStatusExport } = await import('../signatures/status-export.js')
  const privateKey = await readPrivateKey(flags.key)
  const since = flags.since === undefined ? undefined : await readStatusExport(flags.since)
  const common = { folders, privateKey, since, note: flags.note, outputFolder: flags.output, volumeSizeBytes: flags.volumeSize }
  let text = ''
  const run = async (report: Report) => {
    text = describePack(await packSignatures({ ...common, report }))
  }
  await runSteps([{ title: 'Pack the signatures', run }])
  process.stdout.write(text)
}

async function verify(file: string, flags: { readonly key: string }): Promise<void> {
  const { fingerprintOf, readPublicKey, readSignatureArchive } = await import('@guardimesh/signature-format')
  const { describeManifest } = await import('../signatures/inspect-file.js')
  const publicKey = await readPublicKey(flags.key)
  let text = ''
  const run = async (report: Report) => {
    const { list } = await readSignatureArchive(file, [publicKey], { onFile: async ({ path }) => report(path) })
    const sizeBytes = list.files.reduce((sum, one) => sum + one.sizeBytes, 0)
    const line = `The bundle is whole: ${formatCount(list.files.length, 'file')}, ${formatBytes(sizeBytes)}, signed by ${fingerprintOf(publicKey)}.`
    text = `${[line, ...describeManifest(list)].map(asLine).join('\n')}\n`
  }
  await runSteps([{ title: `Verify ${file}`, run }])
  process.stdout.write(text)
}

async function inspect(file: string, flags: { readonly json?: true }): Promise<void> {
  const { describeInspection, inspectFile } = await import('../signatures/inspect-file.js')
  const inspection = await inspectFile(file)
  process.stdout.write(flags.json ? `${JSON.stringify(inspection, null, 2)}\n` : describeInspection(inspection))
  if (inspection.kind === 'bundle' && inspection.problem !== '') process.exitCode = 1
}
