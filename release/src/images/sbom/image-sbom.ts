import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library'
import type { Architecture } from '../architecture.js'
import type { ImageRecipe } from '../catalog/recipe.js'
import { type DebianPackage, fieldOf } from '../debian/debian-package.js'
import type { ReachedPackage } from '../npm/dependencies.js'

const EXPRESSION = /^[(]*[\w.+-]+[)]*( (AND|OR|WITH) [(]*[\w.+-]+[)]*)+$/

/** Distinguishes licence expressions ("MIT OR Apache-2.0") from free-text names. */
const licenses = new Contrib.License.Factories.LicenseFactory((text) => {
  if (!EXPRESSION.test(text)) throw new Error(`"${text}" is not an SPDX expression`)
})

interface Packages {
  readonly debianPackages: readonly DebianPackage[]
  readonly npmPackages: readonly ReachedPackage[]
}

export interface SbomOptions extends Packages {
  readonly recipe: ImageRecipe
  readonly version: string
  readonly architecture: Architecture
  /** Packages whose files are only data for scans. */
  readonly notRun: Packages
  /** Undefined when the image has no Node. */
  readonly nodeVersion: string | undefined
}

/**
 * Builds the software bill of materials of an image as CycloneDX 1.6 in JSON: all Debian packages with files in it, Node, all npm packages
 * and our own. Packages whose files are only data for scans have the scope "excluded". The output is reproducible: it contains neither a
 * time nor a random number.
 */
export async function imageSbom(options: SbomOptions): Promise<string> {
  const { recipe, version, architecture, nodeVersion } = options
  const image = new Models.Component(Enums.ComponentType.Container, `guardimesh-${recipe.name}`, {
    version,
    description: recipe.description,
    // By default the library generates a random one.
    bomRef: `guardimesh-${recipe.name}@${version}`,
    licenses: new Models.LicenseRepository([licenses.makeFromString(recipe.licenses)]),
  })
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: image }) })
  for (const debianPackage of options.debianPackages) bom.components.add(debianComponent(await debianPackage.control()))
  for (const npmPackage of options.npmPackages) bom.components.add(npmComponent(npmPackage))
  const { notRun } = options
  const notRunComponents = [
    ...(await Promise.all(notRun.debianPackages.map((one) => one.control()))).map(debianComponent),
    ...notRun.npmPackages.map(npmComponent),
  ]
  for (const component of notRunComponents) {
    component.scope = Enums.ComponentScope.Excluded
    bom.components.add(component)
  }
  if (nodeVersion) bom.components.add(nodeComponent(nodeVersion, architecture))
  for (const component of bom.components) image.dependencies.add(component.bomRef)
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6))
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`
}

function debianComponent(control: string): Models.Component {
  const [name, version, architecture] = ['Package', 'Version', 'Architecture'].map((field) => fieldOf(control, field)) as [
    string,
    string,
    string,
  ]
  const purl = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${architecture}&distro=bookworm`
  return new Models.Component(Enums.ComponentType.Library, name, {
    version,
    purl,
    bomRef: purl,
    description: fieldOf(control, 'Description'),
  })
}

function npmComponent({ name, version, license, path }: ReachedPackage): Models.Component {
  const [group, ownName] = name.startsWith('@') ? (name.split('/') as [string, string]) : [undefined, name]
  const purl = `pkg:npm/${group ? `${encodeURIComponent(group)}/` : ''}${ownName}@${version}`
  return new Models.Component(Enums.ComponentType.Library, ownName, {
    ...(group ? { group } : {}),
    version,
    purl,
    // One version may be installed in several folders.
    bomRef: `${purl}#${path}`,
    ...(license ? { licenses: new Models.LicenseRepository([licenses.makeFromString(license)]) } : {}),
  })
}

function nodeComponent(version: string, architecture: Architecture): Models.Component {
  const purl = `pkg:npm/node-linux-${architecture.name}@${version}`
  const license = new Models.LicenseRepository([licenses.makeFromString('MIT')])
  return new Models.Component(Enums.ComponentType.Application, 'node', { version, purl, bomRef: purl, licenses: license })
}
