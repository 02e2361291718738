import { join } from 'node:path'
import type { Architecture } from './architecture.js'
import type { DebianLayer, ImageRecipe } from './catalog/recipe.js'
import { type Selection, selectFiles } from './debian/select-files.js'
import type { Inputs } from './inputs.js'
import { dependencyFiles, ownFiles } from './npm/app-files.js'
import { type ReachedPackage, reachedPackages } from './npm/dependencies.js'
import { compressedCopies } from './tree/compressed.js'
import { type FileTree, mergedFolderLinks, mergeTrees, treeOfFolder } from './tree/file-tree.js'

/** Files of a Debian layer with their packages. */
export interface DebianTree {
  readonly name: string
  readonly tree: FileTree
  readonly selection: Selection
}

/** Content of an image. */
export interface WholeImage {
  readonly tree: FileTree
  readonly debianTrees: readonly DebianTree[]
  readonly npmPackages: readonly ReachedPackage[]
}

/** Collects the content of the images before it is packed into layers. Debian files of several images are selected once. */
export class ImageTrees {
  readonly #root: string
  readonly #architecture: Architecture
  readonly #inputs: Inputs
  readonly #debianTrees = new Map<string, DebianTree>()

  constructor(root: string, architecture: Architecture, inputs: Inputs) {
    this.#root = root
    this.#architecture = architecture
    this.#inputs = inputs
  }

  /** Layers from the lowest to the highest, without duplicates of lower layers. */
  async debianTrees({ debianLayers }: ImageRecipe): Promise<DebianTree[]> {
    const made: DebianTree[] = []
    for (const debianLayer of debianLayers) {
      const below = mergeTrees(...made.map(({ selection }) => selection.tree))
      made.push(await this.#debianTree(debianLayer, below))
    }
    return made
  }

  async #debianTree({ name, files }: DebianLayer, below: FileTree): Promise<DebianTree> {
    const known = this.#debianTrees.get(name)
    if (known) return known
    const selection = await selectFiles(files, this.#inputs.packages, this.#architecture, below)
    const isLowest = below.size === 0
    const made = { name, selection, tree: isLowest ? mergeTrees(selection.tree, await this.#skeleton()) : selection.tree }
    this.#debianTrees.set(name, made)
    return made
  }

  /** Returns the files of every root file system in addition to Debian's: users, and a world-writable /tmp. */
  async #skeleton(): Promise<FileTree> {
    const own = await treeOfFolder(join(this.#root, 'release/rootfs/base'), '/')
    return mergeTrees(mergedFolderLinks(), new Map([['/tmp', { kind: 'folder', mode: 0o1777 }]]), own)
  }

  nodeTree(): FileTree {
    const { nodeFolder } = this.#inputs
    return new Map([
      ['/usr/bin/node', { kind: 'file', mode: 0o755, content: { path: join(nodeFolder, 'bin/node') } }],
      ['/usr/share/doc/node/copyright', { kind: 'file', mode: 0o644, content: { path: join(nodeFolder, 'LICENSE') } }],
    ])
  }

  /** Returns the npm dependencies of an image's program; none without a Node program. */
  async npmPackages({ program }: ImageRecipe): Promise<ReachedPackage[]> {
    if (!program) return []
    return reachedPackages(this.#inputs.npmFolder, program.workspace, [...program.without, ...this.#architecture.unusedPackages])
  }

  npmTree(npmPackages: readonly ReachedPackage[]): Promise<FileTree> {
    return dependencyFiles(this.#inputs.npmFolder, npmPackages, this.#architecture)
  }

  /** Returns code and files of Guardimesh. */
  async ownTree({ folders = {}, compressedFolder }: ImageRecipe, npmPackages: readonly ReachedPackage[]): Promise<FileTree> {
    const trees = Object.entries(folders).map(([at, folder]) =>
      treeOfFolder(join(this.#root, folder), at, (path) => !path.endsWith('.map')),
    )
    const tree = mergeTrees(await ownFiles(this.#root, npmPackages), ...(await Promise.all(trees)))
    const copies = compressedFolder ? await compressedCopies(tree, compressedFolder) : []
    return new Map([...tree, ...copies])
  }

  /** Collects all files of an image, except the golden set. */
  async whole(recipe: ImageRecipe): Promise<WholeImage> {
    const npmPackages = await this.npmPackages(recipe)
    const debianTrees = await this.debianTrees(recipe)
    const nodeTrees = recipe.program ? [this.nodeTree(), await this.npmTree(npmPackages)] : []
    const tree = mergeTrees(...debianTrees.map((one) => one.tree), ...nodeTrees, await this.ownTree(recipe, npmPackages))
    return { tree, debianTrees, npmPackages }
  }
}
