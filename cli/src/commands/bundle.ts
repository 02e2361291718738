import type { Command } from 'commander'
import { formatBytes } from '../terminal/format.js'
import { runSteps } from '../terminal/steps.js'
import { keygen } from './keygen.js'
import { volumeSizeOption } from './volume-size.js'

interface BuildFlags {
  readonly images: string
  readonly chart: string
  readonly cli: string
  readonly key: string
  readonly signatures?: string
  readonly volumeSize: number
  readonly output: string
}

export function addBundleCommands(bundle: Command): void {
  bundle
    .command('keygen')
    .description('make the key pair that bundles are signed with: NAME.key stays secret, NAME.pub goes to whoever installs')
    .argument('<name>', 'path of the two files, without ending')
    .action(keygen)
    .addHelpText('after', '\nExample:\n  guardimesh bundle keygen keys/guardimesh')
  bundle
    .command('build')
    .description('make a signed bundle')
    .requiredOption('--images <folder>', 'images as the build writes them: oci/, images.json, sbom/')
    .requiredOption('--chart <file>', 'the packed chart')
    .requiredOption('--cli <file>', 'this program for the architecture of the images')
    .requiredOption('--key <file>', 'private key of "bundle keygen"')
    .option('--signatures <folder>', 'signature databases to take along')
    .addOption(volumeSizeOption())
    .requiredOption('--output <folder>', 'where the bundle goes')
    .action(build)
    .addHelpText('after', '\nA bundle that fits into one file of that size is one file; a larger one is volumes .001, .002, …')
  bundle
    .command('verify')
    .description('prove that a bundle is whole, unchanged and signed; nothing is written')
    .argument('<file>', 'the bundle, or its first volume')
    .requiredOption('--public-key <file>', 'public key of whoever made the bundle, brought on another way than the bundle')
    .action(verify)
    .addHelpText('after', '\nExample:\n  guardimesh bundle verify guardimesh-1.0.0-x64.tar.zst --public-key guardimesh.pub')
  bundle
    .command('extract')
    .description('verify a bundle and unpack it: images/, chart/, bin/, sbom/')
    .argument('<file>', 'the bundle, or its first volume')
    .requiredOption('--public-key <file>', 'public key of whoever made the bundle')
    .requiredOption('--output <folder>', 'a folder that is not there yet')
    .action(extract)
}

async function build(flags: BuildFlags): Promise<void> {
  const { buildBundle } = await import('../bundle/build-bundle.js')
  const { readPrivateKey } = await import('@guardimesh/signature-format')
  const privateKey = await readPrivateKey(flags.key)
  let lines = ''
  const run = async (onProgress: (doing: string) => void) => {
    const { volumes, list: manifest } = await buildBundle({
      imagesFolder: flags.images,
      chartFile: flags.chart,
      cliFile: flags.cli,
      signaturesFolder: flags.signatures,
      privateKey,
      volumeSizeBytes: flags.volumeSize,
      outputFolder: flags.output,
      onProgress,
    })
    lines = `${volumes.join('\n')}\n${manifest.files.length} files for version ${manifest.version}, ${manifest.architecture}\n`
  }
  await runSteps([{ title: 'Build the bundle', run }])
  process.stdout.write(lines)
}

interface VerifyFlags {
  readonly publicKey: string
}

async function verify(file: string, flags: VerifyFlags): Promise<void> {
  const { readBundle } = await import('../bundle/read-bundle.js')
  const { fingerprintOf, readPublicKey } = await import('@guardimesh/signature-format')
  const publicKey = await readPublicKey(flags.publicKey)
  let line = ''
  const run = async (report: (doing: string) => void) => {
    const manifest = await readBundle(file, publicKey, { onFile: async ({ path }) => report(path) })
    const sizeBytes = manifest.files.reduce((total, one) => total + one.sizeBytes, 0)
    line = `The bundle is whole: version ${manifest.version}, ${manifest.architecture}, ${manifest.files.length} files, ${formatBytes(sizeBytes)}, signed by ${fingerprintOf(publicKey)}.\n`
  }
  await runSteps([{ title: `Verify ${file}`, run }])
  process.stdout.write(line)
}

async function extract(file: string, flags: VerifyFlags & { readonly output: string }): Promise<void> {
  const { extractBundle } = await import('../bundle/extract-bundle.js')
  const { readPublicKey } = await import('@guardimesh/signature-format')
  const publicKey = await readPublicKey(flags.publicKey)
  const run = async (onProgress: (doing: string) => void) => {
    await extractBundle({ path: file, publicKey, folder: flags.output, onProgress })
  }
  await runSteps([{ title: `Verify and unpack ${file}`, run }])
  process.stdout.write(`${flags.output}\n`)
}
