import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ImageName, ImageTable, LOADED_REGISTRY } from '@guardimesh/contracts'
import type { Architecture } from './architecture.js'
import type { ImageRecipe } from './catalog/recipe.js'
import { RECIPES } from './catalog/recipes.js'
import type { DebianPackage } from './debian/debian-package.js'
import { goldenPart } from './golden/golden-part.js'
import { imageConfig } from './image-config.js'
import { ImageTrees } from './image-trees.js'
import { fetchInputs, type Inputs } from './inputs.js'
import { LayerMaker } from './layer-maker.js'
import { type Layer, OciLayout } from './oci/layout.js'
import { imageSbom } from './sbom/image-sbom.js'

export interface BuildOptions {
  /** Root of the repository, compiled. */
  readonly root: string
  readonly architecture: Architecture
  /** Caches Debian packages, Node and npm packages between builds. */
  readonly cacheFolder: string
  /** Receives `oci/`, `sbom/` and, with all images, `images.json`. */
  readonly outputFolder: string
}

/** Result of building an image. */
export interface BuiltImage {
  readonly name: ImageName
  readonly digest: string
  /** Compressed size of its layers; some are shared with other images. */
  readonly sizeBytes: number
}

/**
 * Builds all images of the platform and writes their table. The build is reproducible: the same inputs have the same digests.
 *
 * @throws Error that describes the missing input.
 */
export async function buildImages(options: BuildOptions): Promise<BuiltImage[]> {
  const inputs = await fetchInputs(options, RECIPES)
  const built = await buildRecipes(options, inputs, RECIPES)
  const images = Object.fromEntries(built.map(({ name, digest }) => [name, { digest }]))
  const table = ImageTable.parse({ version: inputs.version, images })
  await writeFile(join(options.outputFolder, 'images.json'), `${JSON.stringify(table, undefined, 2)}\n`)
  return built
}

/**
 * Builds some images into `oci/` and `sbom/`, which are replaced when all are complete. Layers of the previous build with the same files
 * are reused.
 */
export async function buildRecipes(options: BuildOptions, inputs: Inputs, recipes: readonly ImageRecipe[]): Promise<BuiltImage[]> {
  const { outputFolder } = options
  const [layoutFolder, draftFolder, sbomFolder] = ['oci', 'oci.new', 'sbom'].map((name) => join(outputFolder, name)) as [
    string,
    string,
    string,
  ]
  await rm(draftFolder, { recursive: true, force: true })
  await rm(sbomFolder, { recursive: true, force: true })
  await mkdir(sbomFolder, { recursive: true })
  const layout = await OciLayout.create(draftFolder, layoutFolder)
  const trees = new ImageTrees(options.root, options.architecture, inputs)
  const layerMaker = new LayerMaker(layout, trees)
  const built: BuiltImage[] = []
  for (const recipe of recipes) {
    const { image, sbom } = await buildImage({ ...options, layout, trees, layerMaker, inputs }, recipe)
    await writeFile(join(sbomFolder, `${recipe.name}.cdx.json`), sbom)
    built.push(image)
  }
  await layout.finish()
  await rm(layoutFolder, { recursive: true, force: true })
  await rename(draftFolder, layoutFolder)
  return built
}

interface ImageBuild {
  readonly architecture: Architecture
  readonly layout: OciLayout
  readonly trees: ImageTrees
  readonly layerMaker: LayerMaker
  readonly inputs: Inputs
}

async function buildImage(build: ImageBuild, recipe: ImageRecipe): Promise<{ image: BuiltImage; sbom: string }> {
  const { architecture, layout, trees, layerMaker, inputs } = build
  const { version, packages, nodeVersion } = inputs
  const { program, name, goldenFolder: folder } = recipe
  const npmPackages = await trees.npmPackages(recipe)
  const debianTrees = await trees.debianTrees(recipe)
  // Of all images, so that a digest does not depend on the selection.
  const golden = folder ? await goldenPart(trees, { recipe, folder }, RECIPES) : undefined
  const layers: Layer[] = []
  for (const debianTree of debianTrees) layers.push(await layerMaker.debianLayer(debianTree))
  if (program) layers.push(await layerMaker.nodeLayer(), await layerMaker.npmLayer(npmPackages))
  layers.push(await layerMaker.ownLayer(recipe, npmPackages))
  if (golden) layers.push(await layerMaker.goldenLayer(golden.tree))
  const config = imageConfig(recipe, version, architecture)
  const digest = await layout.addImage(`${LOADED_REGISTRY}/${name}:${version}`, config, layers)
  const debianNames = new Set(debianTrees.flatMap(({ selection }) => selection.packageNames))
  const packagesNamed = (names: Iterable<string>) => [...names].map((debianName) => packages.get(debianName) as DebianPackage)
  const sbom = await imageSbom({
    ...{ recipe, version, architecture, npmPackages, nodeVersion: program && nodeVersion },
    debianPackages: packagesNamed(debianNames),
    notRun: {
      debianPackages: packagesNamed(golden?.debianNames.filter((debianName) => !debianNames.has(debianName)) ?? []),
      npmPackages: golden?.npmPackages.filter(({ path }) => !npmPackages.some((one) => one.path === path)) ?? [],
    },
  })
  return { image: { name, digest, sizeBytes: layers.reduce((sum, { descriptor }) => sum + descriptor.size, 0) }, sbom }
}
