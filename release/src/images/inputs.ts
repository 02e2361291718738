import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Architecture } from './architecture.js'
import type { ImageRecipe } from './catalog/recipe.js'
import { fetchPackages, type PackageSet } from './debian/apt.js'
import { fetchNode, installDependencies } from './npm/install.js'

/** Inputs of the image build in addition to the files of this repository. */
export interface Inputs {
  /** Version of the platform. */
  readonly version: string
  readonly packages: PackageSet
  /** Folder of the npm package of Node. */
  readonly nodeFolder: string
  readonly nodeVersion: string
  /** Contains `node_modules` with the npm packages of all programs. */
  readonly npmFolder: string
}

export interface InputOptions {
  /** Root of the repository. */
  readonly root: string
  readonly architecture: Architecture
  /** Caches downloads between builds. */
  readonly cacheFolder: string
}

/** Fetches the inputs of the recipes from Debian's sources and npm's registry. Cached files are not fetched again. */
export async function fetchInputs({ root, architecture, cacheFolder }: InputOptions, recipes: readonly ImageRecipe[]): Promise<Inputs> {
  const debianNames = recipes.flatMap(({ debianLayers }) => debianLayers.flatMap(({ files }) => Object.keys(files)))
  const packages = await fetchPackages([...new Set(debianNames)].sort(), architecture, join(cacheFolder, 'debs', architecture.name))
  const nodeVersion = (await readFile(join(root, '.node-version'), 'utf8')).trim()
  const npmCache = join(cacheFolder, 'images', architecture.name)
  const nodeFolder = await fetchNode(nodeVersion, architecture, join(npmCache, 'node'))
  const npmFolder = join(npmCache, 'npm')
  const workspaces = recipes.flatMap(({ program }) => (program ? [program.workspace] : []))
  await installDependencies(root, workspaces, architecture, npmFolder)
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  return { version, packages, nodeFolder, nodeVersion, npmFolder }
}
