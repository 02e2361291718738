import type { ImageRecipe } from './catalog/recipe.js'
import type { DebianTree, ImageTrees } from './image-trees.js'
import type { ReachedPackage } from './npm/dependencies.js'
import type { Layer, OciLayout } from './oci/layout.js'
import type { FileTree } from './tree/file-tree.js'

/** Creates the layers of images in one layout. Shared layers are created once. */
export class LayerMaker {
  readonly #layout: OciLayout
  readonly #trees: ImageTrees
  readonly #debianLayers = new Map<string, Layer>()
  #nodeLayer: Promise<Layer> | undefined

  constructor(layout: OciLayout, trees: ImageTrees) {
    this.#layout = layout
    this.#trees = trees
  }

  async debianLayer({ name, tree }: DebianTree): Promise<Layer> {
    const layer = this.#debianLayers.get(name) ?? (await this.#layout.addLayer(tree))
    this.#debianLayers.set(name, layer)
    return layer
  }

  nodeLayer(): Promise<Layer> {
    this.#nodeLayer ??= this.#layout.addLayer(this.#trees.nodeTree())
    return this.#nodeLayer
  }

  async npmLayer(npmPackages: readonly ReachedPackage[]): Promise<Layer> {
    return this.#layout.addLayer(await this.#trees.npmTree(npmPackages))
  }

  async ownLayer(recipe: ImageRecipe, npmPackages: readonly ReachedPackage[]): Promise<Layer> {
    return this.#layout.addLayer(await this.#trees.ownTree(recipe, npmPackages))
  }

  goldenLayer(tree: FileTree): Promise<Layer> {
    return this.#layout.addLayer(tree)
  }
}
