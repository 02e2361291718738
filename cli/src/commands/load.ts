import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { decodeText, messageOf } from '@guardimesh/kit'
import type { Command } from 'commander'
import type { BundleManifest } from '../bundle/bundle-manifest.js'
import { CommandError } from '../command-error.js'
import type { LoadOutcome } from '../registry/push-images.js'
import { type Report, runSteps } from '../terminal/steps.js'

const CONTAINERD_SOCKET = '/run/containerd/containerd.sock'

interface LoadFlags {
  readonly publicKey: string
  readonly registry?: string
  readonly username?: string
  readonly passwordFile?: string
  readonly caFile?: string
  readonly plainHttp?: true
  readonly containerd?: string | true
  readonly k3s?: true
  readonly crio?: true
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
  bundle
    .command('load')
    .description('verify a bundle and load its images into a registry, or into the image store of this node')
    .argument('<file>', 'bundle, or its first volume')
    .requiredOption('--public-key <file>', 'public key of the party that signed the bundle')
    .option('--registry <host[:port][/path]>', 'registry that the nodes pull from')
    .option('--username <name>', 'user name for the registry')
    .option('--password-file <file>', 'file with the password for the registry')
    .option('--ca-file <file>', 'certificate authorities of the registry, PEM')
    .option('--plain-http', 'connect to the registry without TLS')
    .option('--containerd [socket]', `containerd of this node (default socket: ${CONTAINERD_SOCKET})`)
    .option('--k3s', 'containerd of k3s or RKE2 on this node')
    .option('--crio', 'image store of CRI-O on this node (requires skopeo)')
    .option('--extract-to <folder>', 'extract the images into this new folder and keep it (default: a temporary folder next to the bundle)')
    .action(loadBundle)
    .addHelpText('after', EXAMPLES)
}

async function loadBundle(file: string, flags: LoadFlags, command: Command): Promise<void> {
  const targets = [flags.registry, flags.containerd, flags.k3s, flags.crio].filter((target) => target !== undefined)
  if (targets.length !== 1) command.error('error: specify one target: --registry, --containerd, --k3s or --crio')
  if ((flags.username === undefined) !== (flags.passwordFile === undefined))
    command.error('error: --username and --password-file must be used together')
  const load = await loaderFor(flags)
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
  for (const reference of outcome.loaded) process.stdout.write(`loaded ${reference}\n`)
  for (const reference of outcome.existed) process.stdout.write(`exists ${reference}\n`)
}

/** Creates a folder next to the bundle, whose disk usually has enough space; read-only media have none. */
async function createTemporaryFolder(file: string): Promise<string> {
  return mkdtemp(join(resolve(dirname(file)), '.guardimesh-load-')).catch((error: unknown) => {
    throw new CommandError(
      `Failed to extract the images next to the bundle (${messageOf(error)}): specify another folder with --extract-to.`,
    )
  })
}

async function loaderFor(flags: LoadFlags): Promise<Load> {
  if (flags.registry !== undefined) return registryLoader(flags.registry, flags)
  const { loadIntoContainerd, loadIntoContainersStorage } = await import('../runtime/load-images.js')
  if (flags.crio) return (layout, { images: table }, onProgress) => loadIntoContainersStorage({ layout, table, onProgress })
  const socket = typeof flags.containerd === 'string' ? flags.containerd : CONTAINERD_SOCKET
  if (!flags.k3s && !(await stat(socket).catch(() => undefined))?.isSocket())
    throw new CommandError(
      `The socket ${socket} does not exist: specify the socket of this node's containerd, as in --containerd /run/containerd/containerd.sock.`,
    )
  const ctr = flags.k3s ? ['k3s', 'ctr'] : ['ctr', '--address', socket]
  return (layout, { images: table }, onProgress) => loadIntoContainerd(ctr, { layout, table, onProgress })
}

async function registryLoader(registry: string, flags: LoadFlags): Promise<Load> {
  const { parseRegistry } = await import('../registry/registry-address.js')
  const { RegistryClient } = await import('../registry/registry-client.js')
  const { pushImages } = await import('../registry/push-images.js')
  const { readCaFile } = await import('@guardimesh/kit')
  const client = new RegistryClient({
    address: parseRegistry(registry, flags.plainHttp === true),
    credentials: await readCredentials(flags),
    ca: flags.caFile === undefined ? undefined : readCaFile(flags.caFile),
  })
  return (layout, { images: table }, onProgress) => pushImages({ client, layout, table, onProgress })
}

async function readCredentials({ username, passwordFile }: LoadFlags): Promise<{ username: string; password: string } | undefined> {
  if (username === undefined || passwordFile === undefined) return undefined
  const password = decodeText(await readFile(passwordFile)).replace(/\r?\n$/, '')
  if (password === '') throw new CommandError(`${passwordFile} is empty: it must contain the password of ${username}.`)
  return { username, password }
}
