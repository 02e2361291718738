import { fingerprintOf } from '@guardimesh/kit'
import type { Command } from 'commander'
import { formatBytes } from '../terminal/format.js'
import { printLines } from '../terminal/output.js'
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
    .description('create the key pair for signing bundles: NAME.key is secret, NAME.pub is for the installation')
    .argument('<name>', 'path of the two files, without extension')
    .action(keygen)
    .addHelpText('after', '\nExample:\n  guardimesh bundle keygen keys/guardimesh')
  bundle
    .command('build')
    .description('build a signed bundle')
    .requiredOption('--images <folder>', 'output of the image build: oci/, images.json, sbom/')
    .requiredOption('--chart <file>', 'packaged chart')
    .requiredOption('--cli <file>', 'guardimesh executable for the architecture of the images')
    .requiredOption('--key <file>', 'private key of "bundle keygen"')
    .option('--signatures <folder>', 'signature databases to include')
    .addOption(volumeSizeOption())
    .requiredOption('--output <folder>', 'folder for the bundle')
    .action(build)
    .addHelpText('after', '\nA bundle larger than the volume size is split into volumes .001, .002, …')
  bundle
    .command('verify')
    .description('verify that a bundle is complete, unchanged and signed, without writing files')
    .argument('<file>', 'bundle, or its first volume')
    .requiredOption('--public-key <file>', 'public key of the party that signed the bundle, obtained through a separate channel')
    .action(verify)
    .addHelpText('after', '\nExample:\n  guardimesh bundle verify guardimesh-1.0.0-x64.tar.zst --public-key guardimesh.pub')
  bundle
    .command('extract')
    .description('verify a bundle and extract it: images/, chart/, bin/, sbom/')
    .argument('<file>', 'bundle, or its first volume')
    .requiredOption('--public-key <file>', 'public key of the party that signed the bundle')
    .requiredOption('--output <folder>', 'new folder')
    .action(extract)
}

async function build(flags: BuildFlags): Promise<void> {
  const { buildBundle } = await import('../bundle/build-bundle.js')
  const { readPrivateKey } = await import('@guardimesh/signature-format')
  const privateKey = await readPrivateKey(flags.key)
  let lines: string[] = []
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
    lines = [...volumes, `${manifest.files.length} files for version ${manifest.version}, ${manifest.architecture}`]
  }
  await runSteps([{ title: 'Build the bundle', run }])
  printLines(lines)
}

interface VerifyFlags {
  readonly publicKey: string
}

async function verify(file: string, flags: VerifyFlags): Promise<void> {
  const { readBundle } = await import('../bundle/read-bundle.js')
  const { readPublicKey } = await import('@guardimesh/signature-format')
  const publicKey = await readPublicKey(flags.publicKey)
  let line = ''
  const run = async (report: (doing: string) => void) => {
    const manifest = await readBundle(file, publicKey, { onFile: async ({ path }) => report(path) })
    const sizeBytes = manifest.files.reduce((total, one) => total + one.sizeBytes, 0)
    line = `The bundle is valid: version ${manifest.version}, ${manifest.architecture}, ${manifest.files.length} files, ${formatBytes(sizeBytes)}, signed by ${fingerprintOf(publicKey)}.`
  }
  await runSteps([{ title: `Verify ${file}`, run }])
  printLines([line])
}

async function extract(file: string, flags: VerifyFlags & { readonly output: string }): Promise<void> {
  const { extractBundle } = await import('../bundle/extract-bundle.js')
  const { readPublicKey } = await import('@guardimesh/signature-format')
  const publicKey = await readPublicKey(flags.publicKey)
  const run = async (onProgress: (doing: string) => void) => {
    await extractBundle({ path: file, publicKey, folder: flags.output, onProgress })
  }
  await runSteps([{ title: `Verify and extract ${file}`, run }])
  printLines([flags.output])
}
