import { mkdtemp, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { messageOf } from '@guardimesh/kit'
import type { Command } from 'commander'
import type { BundleManifest } from '../bundle/bundle-manifest.js'
import { CommandError } from '../command-error.js'
import type { LoadOutcome } from '../registry/push-images.js'
import { printLines } from '../terminal/output.js'
import { type Report, runSteps } from '../terminal/steps.js'
import { connectRegistry, type RegistryFlags, registryOptions } from './registry-options.js'

const CONTAINERD_SOCKET = '/run/containerd/containerd.sock'

interface LoadFlags extends RegistryFlags {
  readonly publicKey: string
  readonly registry?: string
  readonly containerd?: string | true
  readonly k3s?: true
  readonly rke2?: true
  readonly k0s?: true
  readonly microk8s?: true
  readonly crio?: true
  readonly hostRoot: string
  readonly extractTo?: string
}

/** Loads the images of an unpacked layout into a target. */
type Load = (layout: string, manifest: BundleManifest, onProgress: Report) => Promise<LoadOutcome>

const EXAMPLES = `
The bundle is verified before its images are loaded; existing images are skipped.

Examples:
  guardimesh bundle load BUNDLE --public-key guardimesh.pub --registry registry.example:5000/security --ca-file ca.crt
  guardimesh bundle load BUNDLE --public-key guardimesh.pub --containerd     (on each node)
  guardimesh bundle load BUNDLE --public-key guardimesh.pub --k3s            (on each node)`

export function addLoadCommand(bundle: Command): void {
  const load = bundle
    .command('load')
    .description('verify a bundle and load its images into a registry, or into the image store of this node')
  load
    .argument('<file>', 'bundle, or its first volume')
    .requiredOption('--public-key <file>', 'public key of the party that signed the bundle')
    .option('--registry <host[:port][/path]>', 'registry that the nodes pull from')
  registryOptions(load)
    .option('--containerd [socket]', `containerd of this node (default socket: ${CONTAINERD_SOCKET})`)
    .option('--k3s', 'containerd of k3s on this node')
    .option('--rke2', 'containerd of RKE2 on this node')
    .option('--k0s', 'containerd of k0s on this node')
    .option('--microk8s', 'containerd of MicroK8s on this node')
    .option('--crio', 'image store of CRI-O on this node (requires skopeo)')
    .option('--host-root <folder>', 'root folder of the node, for k3s, RKE2, k0s and MicroK8s', '/')
    .option('--extract-to <folder>', 'extract the images into this new folder and keep it (default: a temporary folder next to the bundle)')
    .action(loadBundle)
    .addHelpText('after', EXAMPLES)
}

async function loadBundle(file: string, flags: LoadFlags, command: Command): Promise<void> {
  const { registry, containerd, k3s, rke2, k0s, microk8s, crio } = flags
  const targets = [registry, containerd, k3s, rke2, k0s, microk8s, crio].filter((target) => target !== undefined)
  if (targets.length !== 1) command.error('error: specify one target: --registry, --containerd, --k3s, --rke2, --k0s, --microk8s or --crio')
  const load = await loaderFor(flags, command)
  const { extractBundle } = await import('../bundle/extract-bundle.js')
  const { readPublicKey } = await import('@guardimesh/signature-format')
  const publicKey = await readPublicKey(flags.publicKey)
  const temporary = flags.extractTo === undefined ? await createTemporaryFolder(file) : undefined
  const folder = flags.extractTo ?? join(temporary ?? '', 'bundle')
  let manifest: BundleManifest | undefined
  let outcome: LoadOutcome = { loaded: [], existed: [] }
  const verify = async (onProgress: Report) => {
    manifest = await extractBundle({ path: file, publicKey, folder, wants: ({ path }) => path.startsWith('images/'), onProgress })
  }
  const loadImages = async (onProgress: Report) => {
    if (manifest) outcome = await load(join(folder, 'images'), manifest, onProgress)
  }
  try {
    await runSteps([
      { title: `Verify ${file}`, run: verify },
      { title: 'Load the images', run: loadImages },
    ])
  } finally {
    if (temporary) await rm(temporary, { recursive: true, force: true })
  }
  printLines([...outcome.loaded.map((reference) => `loaded ${reference}`), ...outcome.existed.map((reference) => `exists ${reference}`)])
}

/** Creates a folder next to the bundle, whose disk usually has enough space; read-only media have none. */
async function createTemporaryFolder(file: string): Promise<string> {
  return mkdtemp(join(resolve(dirname(file)), '.guardimesh-load-')).catch((error: unknown) => {
    throw new CommandError(
      `Failed to extract the images next to the bundle (${messageOf(error)}): specify another folder with --extract-to.`,
    )
  })
}

async function loaderFor(flags: LoadFlags, command: Command): Promise<Load> {
  if (flags.registry !== undefined) return registryLoader(flags.registry, flags, command)
  const { loadIntoContainerd, loadIntoContainersStorage } = await import('../runtime/load-images.js')
  if (flags.crio) return (layout, { images: table }, onProgress) => loadIntoContainersStorage({ layout, table, onProgress })
  const { clientOfDistribution, clientOfSocket, DISTRIBUTION_NAMES } = await import('../runtime/node-runtimes.js')
  const distribution = DISTRIBUTION_NAMES.find((name) => flags[name])
  const socket = typeof flags.containerd === 'string' ? flags.containerd : CONTAINERD_SOCKET
  const ctr = distribution ? await clientOfDistribution(distribution, flags.hostRoot) : await clientOfSocket(socket)
  return (layout, { images: table }, onProgress) => loadIntoContainerd(ctr, { layout, table, onProgress })
}

async function registryLoader(registry: string, flags: LoadFlags, command: Command): Promise<Load> {
  const { pushImages } = await import('../registry/push-images.js')
  const client = await connectRegistry(registry, flags, command)
  return (layout, { images: table }, onProgress) => pushImages({ client, layout, table, onProgress })
}
