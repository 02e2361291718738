import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { REPOSITORY_FOLDER } from '@guardimesh/dev/stack/folders.js'
import { runChecked } from '@guardimesh/kit'
import type { Cluster, ClusterRegistry, NodeName } from './cluster.js'
import { PREVIOUS_RELEASE_SCRIPT } from './cluster-command.js'

/** Output files of `make bundle`. */
export interface BundleFiles {
  readonly bundleFile: string
  readonly publicKeyFile: string
  readonly cliFile: string
  /** The same chart as in the bundle. */
  readonly chartFile: string
}

const STATE = join(REPOSITORY_FOLDER, '.state')

/** Finds the output files of `make bundle`. @throws Error if one is missing or ambiguous. */
export function findBundleFiles(): Promise<BundleFiles> {
  return findFiles(STATE, 'make bundle')
}

/** Builds the release that an upgrade starts from, unless this machine has it already. @throws Error if the history lacks its commit. */
export async function findPreviousBundleFiles(): Promise<BundleFiles> {
  const folder = (await runChecked(PREVIOUS_RELEASE_SCRIPT, [])).trim()
  return findFiles(folder, `rm -r ${folder}`)
}

async function findFiles(state: string, remedy: string): Promise<BundleFiles> {
  const find = (folder: string, name: RegExp) => findSingleFile(join(state, folder), name, remedy)
  return {
    bundleFile: await find('bundle', /^guardimesh-.*-x64\.tar\.zst$/),
    publicKeyFile: await find('keys', /^guardimesh\.pub$/),
    cliFile: await find('cli', /^guardimesh-linux-x64$/),
    chartFile: await find('chart', /^guardimesh-.*\.tgz$/),
  }
}

async function findSingleFile(folder: string, name: RegExp, remedy: string): Promise<string> {
  const names = (await readdir(folder).catch(() => [])).filter((candidate) => name.test(candidate))
  if (names.length !== 1 || !names[0])
    throw new Error(`expected one file matching ${name} in ${folder}, found ${names.length}. Run: ${remedy}`)
  return join(folder, names[0])
}

/** Folder on a node for the files of a bundle, which stands in for removable media. */
const MEDIA_FOLDER = '/var/lib/guardimesh/media'

/** Copies the bundle to every node, verifies it there and loads its images with the bundle's executable, as in the guide. */
export async function loadIntoNodes(
  cluster: Cluster,
  nodes: readonly NodeName[],
  { bundleFile, publicKeyFile, cliFile }: BundleFiles,
): Promise<void> {
  for (const node of nodes) {
    const [cli = '', bundle = '', publicKey = ''] = [cliFile, bundleFile, publicKeyFile].map((file) => join(MEDIA_FOLDER, basename(file)))
    for (const file of [cliFile, bundleFile, publicKeyFile]) await cluster.putFile(node, file, join(MEDIA_FOLDER, basename(file)))
    await cluster.onNode(node, [cli, 'bundle', 'load', bundle, '--public-key', publicKey, '--containerd'])
    await cluster.onNode(node, ['rm', '-r', MEDIA_FOLDER])
  }
}

/** Path of the images in a registry. */
export const REGISTRY_PATH = 'security'

/** Verifies the bundle and loads its images into a registry that is reachable from the control plane, as in the guide. */
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
