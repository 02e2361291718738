import { join } from 'node:path'
import type { Architecture } from './architecture.js'
import type { DebianLayer, ImageRecipe } from './catalog/recipe.js'
import { type Selection, selectFiles } from './debian/select-files.js'
import type { Inputs } from './inputs.js'
import { dependencyFiles, ownFiles } from './npm/app-files.js'
import type { ReachedPackage } from './npm/dependencies.js'
import type { Layer, OciLayout } from './oci/layout.js'
import { compressedCopies } from './tree/compressed.js'
import { type FileTree, mergedFolderLinks, mergeTrees, treeOfFolder } from './tree/file-tree.js'

/** A layer of Debian files with what it was made of. */
interface DebianLayerMade {
  readonly layer: Layer
  readonly selection: Selection
}

/** Makes the layers of images into one layout. Layers of several images are made once. */
export class LayerMaker {
  readonly #layout: OciLayout
  readonly #root: string
  readonly #architecture: Architecture
  readonly #inputs: Inputs
  readonly #debianLayers = new Map<string, DebianLayerMade>()
  #nodeLayer: Promise<Layer> | undefined

  constructor(layout: OciLayout, root: string, architecture: Architecture, inputs: Inputs) {
    this.#layout = layout
    this.#root = root
    this.#architecture = architecture
    this.#inputs = inputs
  }

  /** From the lowest to the highest; none repeats what a lower one holds. */
  async debianLayers({ debianLayers }: ImageRecipe): Promise<DebianLayerMade[]> {
    const made: DebianLayerMade[] = []
    for (const debianLayer of debianLayers) {
      const below = mergeTrees(...made.map(({ selection }) => selection.tree))
      made.push(await this.#debianLayer(debianLayer, below))
    }
    return made
  }

  async #debianLayer(debianLayer: DebianLayer, below: FileTree): Promise<DebianLayerMade> {
    const known = this.#debianLayers.get(debianLayer.name)
    if (known) return known
    const selection = await selectFiles(debianLayer.files, this.#inputs.packages, this.#architecture, below)
    const isLowest = below.size === 0
    const tree = isLowest ? mergeTrees(selection.tree, await this.#skeleton()) : selection.tree
    const made = { layer: await this.#layout.addLayer(tree), selection }
    this.#debianLayers.set(debianLayer.name, made)
    return made
  }

  /** What every root file system has besides Debian's files: the users, and a /tmp for everybody. */
  async #skeleton(): Promise<FileTree> {
    const own = await treeOfFolder(join(this.#root, 'images/rootfs/base'), '/')
    return mergeTrees(mergedFolderLinks(), new Map([['/tmp', { kind: 'folder', mode: 0o1777 }]]), own)
  }

  nodeLayer(): Promise<Layer> {
    const { nodeFolder } = this.#inputs
    this.#nodeLayer ??= this.#layout.addLayer(
      new Map([
        ['/usr/bin/node', { kind: 'file', mode: 0o755, content: { path: join(nodeFolder, 'bin/node') } }],
        ['/usr/share/doc/node/copyright', { kind: 'file', mode: 0o644, content: { path: join(nodeFolder, 'LICENSE') } }],
      ]),
    )
    return this.#nodeLayer
  }

  async npmLayer(npmPackages: readonly ReachedPackage[]): Promise<Layer> {
    return this.#layout.addLayer(await dependencyFiles(this.#inputs.npmFolder, npmPackages, this.#architecture))
  }

  /** Our own code and files. */
  async ownLayer({ folders = {}, compressedFolder }: ImageRecipe, npmPackages: readonly ReachedPackage[]): Promise<Layer> {
    const trees = Object.entries(folders).map(([at, folder]) =>
      treeOfFolder(join(this.#root, folder), at, (path) => !path.endsWith('.map')),
    )
    const tree = mergeTrees(await ownFiles(this.#root, npmPackages), ...(await Promise.all(trees)))
    const copies = compressedFolder ? await compressedCopies(tree, compressedFolder) : []
    return this.#layout.addLayer(new Map([...tree, ...copies]))
  }
}
