import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import type { Architecture } from '../architecture.js'

/**
 * Installs the run-time dependencies of packages of this repository for an architecture, as pinned by package-lock.json and without running
 * install scripts. Does nothing when the folder already contains them.
 *
 * @param workspaces folders of our packages, such as "backend".
 * @param folder receives `node_modules`, in which our own packages are links to empty folders.
 */
export async function installDependencies(
  root: string,
  workspaces: readonly string[],
  architecture: Architecture,
  folder: string,
): Promise<void> {
  const rootManifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { workspaces: string[] }
  const files = ['package.json', 'package-lock.json', '.npmrc', ...rootManifest.workspaces.map((name) => `${name}/package.json`)]
  await installOnce(folder, [...workspaces, ...(await Promise.all(files.map((file) => readFile(join(root, file), 'utf8'))))], async () => {
    for (const file of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await copyFile(join(root, file), join(folder, file))
    }
    const chosen = workspaces.flatMap((name) => ['--workspace', name])
    await runChecked('npm', ['ci', '--omit=dev', '--ignore-scripts', ...platformOptions(architecture), ...chosen], { cwd: folder })
  })
}

/**
 * Fetches Node, which is available as an npm package.
 *
 * @returns the folder of that package.
 */
export async function fetchNode(version: string, architecture: Architecture, folder: string): Promise<string> {
  const name = `node-linux-${architecture.name}`
  await installOnce(folder, [name, version], async () => {
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n')
    // --force: npm installs explicitly named packages for this machine's processor only.
    const options = ['--force', '--no-save', '--ignore-scripts', ...platformOptions(architecture)]
    await runChecked('npm', ['install', ...options, `${name}@${version}`], { cwd: folder })
  })
  return join(folder, 'node_modules', name)
}

function platformOptions({ name }: Architecture): string[] {
  return ['--os=linux', `--cpu=${name}`, '--libc=glibc', '--no-audit', '--no-fund']
}

/** Fills an empty folder unless it was filled from the same inputs before. */
async function installOnce(folder: string, inputs: readonly string[], fill: () => Promise<void>): Promise<void> {
  const stampFile = join(folder, '.installed')
  const stamp = createHash('sha256').update(JSON.stringify(inputs)).digest('hex')
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await fill()
  await writeFile(stampFile, stamp)
}
