import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { REPOSITORY_FOLDER } from '../../../dev/src/stack/folders.js'
import type { Cluster, ClusterRegistry, NodeName } from './cluster.js'

/** Output of `make bundle`. */
export interface BundleFiles {
  readonly bundleFile: string
  readonly publicKeyFile: string
  readonly cliFile: string
  /** The chart of the bundle. */
  readonly chartFile: string
}

const STATE = join(REPOSITORY_FOLDER, '.state')

/** Finds the files. @throws Error with the command to run when they do not exist. */
export async function bundleFiles(): Promise<BundleFiles> {
  return {
    bundleFile: await only(join(STATE, 'bundle'), /^guardimesh-.*-x64\.tar\.zst$/),
    publicKeyFile: await only(join(STATE, 'keys'), /^guardimesh\.pub$/),
    cliFile: await only(join(STATE, 'cli'), /^guardimesh-linux-x64$/),
    chartFile: await only(join(STATE, 'chart'), /^guardimesh-.*\.tgz$/),
  }
}

async function only(folder: string, name: RegExp): Promise<string> {
  const names = (await readdir(folder).catch(() => [])).filter((one) => name.test(one))
  if (names.length !== 1 || !names[0])
    throw new Error(`${folder} must contain one file like ${name}, but contains ${names.length}. Try: make bundle`)
  return join(folder, names[0])
}

/** Folder of the bundle's files on a node. */
const STICK = '/var/lib/guardimesh/stick'

/** Copies the bundle to every node, verifies it there and loads its images with the command of the bundle, as in the guide. */
export async function loadIntoNodes(
  cluster: Cluster,
  nodes: readonly NodeName[],
  { bundleFile, publicKeyFile, cliFile }: BundleFiles,
): Promise<void> {
  for (const node of nodes) {
    const [cli = '', bundle = '', publicKey = ''] = [cliFile, bundleFile, publicKeyFile].map((file) => join(STICK, basename(file)))
    for (const file of [cliFile, bundleFile, publicKeyFile]) await cluster.putFile(node, file, join(STICK, basename(file)))
    await cluster.onNode(node, [cli, 'bundle', 'load', bundle, '--public-key', publicKey, '--containerd'])
    await cluster.onNode(node, ['rm', '-r', STICK])
  }
}

/** Path of the images in a registry. */
export const REGISTRY_PATH = 'security'

/** Verifies the bundle and loads its images into a registry that the control plane can reach, as in the guide. */
export async function loadIntoRegistry(
  cluster: Cluster,
  { bundleFile, publicKeyFile, cliFile }: BundleFiles,
  { address, user, caFile }: ClusterRegistry,
  passwordFile: string,
): Promise<void> {
  const login = ['--username', user, '--password-file', passwordFile, '--ca-file', caFile]
  const target = ['--registry', `${address}/${REGISTRY_PATH}`, ...login]
  await cluster.runInside([cliFile, 'bundle', 'load', bundleFile, '--public-key', publicKeyFile, ...target])
}
