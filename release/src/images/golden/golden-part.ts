import { dirname, join } from 'node:path'
import type { ImageName } from '@guardimesh/contracts'
import type { ImageRecipe } from '../catalog/recipe.js'
import type { ImageTrees, WholeImage } from '../image-trees.js'
import { APP, isLicence } from '../npm/app-files.js'
import type { ReachedPackage } from '../npm/dependencies.js'
import type { FileTree } from '../tree/file-tree.js'
import { chooseGolden, type GoldenFile } from './golden-files.js'

/** Golden files in an image, and their packages. */
export interface GoldenPart {
  readonly tree: FileTree
  readonly debianNames: readonly string[]
  readonly npmPackages: readonly ReachedPackage[]
}

/**
 * Adds the golden files of all other images to an image, below `folder` and the name of their image, without execute permission. Licences
 * are included: those of Debian's packages in their usual folder, those of npm packages next to the files.
 */
export async function goldenPart(
  trees: ImageTrees,
  { recipe, folder }: { readonly recipe: ImageRecipe; readonly folder: string },
  recipes: readonly ImageRecipe[],
): Promise<GoldenPart> {
  const own = await trees.whole(recipe)
  const others = new Map<ImageName, WholeImage>()
  for (const other of recipes) if (other.name !== recipe.name) others.set(other.name, await trees.whole(other))
  const chosen = await chooseGolden(own.tree, new Map([...others].map(([name, { tree }]) => [name, tree])))
  const part = new Part(folder, own.tree)
  for (const { image, path, entry } of chosen) part.add({ image, path, entry }, originOf(path, others.get(image) as WholeImage))
  return part.made
}

class Part {
  readonly #folder: string
  readonly #own: FileTree
  readonly #tree: FileTree = new Map()
  readonly #debianNames = new Set<string>()
  readonly #npmPackages = new Map<string, ReachedPackage>()

  constructor(folder: string, own: FileTree) {
    this.#folder = folder
    this.#own = own
  }

  get made(): GoldenPart {
    return { tree: this.#tree, debianNames: [...this.#debianNames].sort(), npmPackages: [...this.#npmPackages.values()] }
  }

  add({ image, path, entry }: GoldenFile, { debianName, npmPackage, licences }: Origin): void {
    this.#tree.set(join(this.#folder, image, path), { ...entry, mode: 0o644 })
    if (debianName !== undefined) this.#debianNames.add(debianName)
    if (npmPackage) this.#npmPackages.set(npmPackage.path, npmPackage)
    for (const [at, licence] of licences) {
      const target = npmPackage ? join(this.#folder, image, at) : at
      if (!this.#own.has(target)) this.#tree.set(target, licence)
    }
  }
}

interface Origin {
  readonly debianName?: string
  readonly npmPackage?: ReachedPackage
  readonly licences: FileTree
}

/** Finds the package of a file in an image; none for files of Guardimesh. */
function originOf(path: string, { tree, debianTrees, npmPackages }: WholeImage): Origin {
  const debianName = debianTrees.map(({ selection }) => selection.owners.get(path)).find((name) => name !== undefined)
  if (debianName !== undefined) return { debianName, licences: pick(tree, (at) => at === `/usr/share/doc/${debianName}/copyright`) }
  const [npmPackage] = npmPackages
    .filter((one) => path.startsWith(`${APP}/${one.path}/`))
    .sort((one, other) => other.path.length - one.path.length)
  if (!npmPackage) return { licences: new Map() }
  return { npmPackage, licences: pick(tree, (at) => dirname(at) === `${APP}/${npmPackage.path}` && isLicence(at)) }
}

function pick(tree: FileTree, isWanted: (path: string) => boolean): FileTree {
  return new Map([...tree].filter(([path]) => isWanted(path)))
}
