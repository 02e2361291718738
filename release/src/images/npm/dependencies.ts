import { existsSync } from 'node:fs'
import { readFile, realpath } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'

const Names = z.record(z.string(), z.string()).default({})
const Manifest = z.object({
  name: z.string(),
  version: z.string().default('0.0.0'),
  license: z.string().optional().catch(undefined),
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({}),
})

/** A direct or transitive dependency of a program, from npm or this repository. */
export interface ReachedPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression as its author wrote it. */
  readonly license: string | undefined
  /** Relative to the folder that npm installed into: "node_modules/zod", or "kit" for our own packages. */
  readonly path: string
}

/**
 * Resolves the transitive dependencies of a package like Node. npm installs one set for all images; this function selects those of one image.
 *
 * @param root folder that npm installed into.
 * @param start path of the first package, such as "backend".
 * @param without names of dependencies that are not used at run time.
 * @returns the packages, sorted by path.
 * @throws Error when a required package is not installed.
 */
export async function reachedPackages(root: string, start: string, without: readonly string[]): Promise<ReachedPackage[]> {
  const reached = new Map<string, ReachedPackage>()
  const follow = async (path: string): Promise<void> => {
    if (reached.has(path)) return
    const manifest = Manifest.parse(JSON.parse(await readFile(join(root, path, 'package.json'), 'utf8')))
    reached.set(path, { name: manifest.name, version: manifest.version, license: manifest.license, path })
    for (const [name, isNeeded] of wantedBy(manifest)) {
      if (without.includes(name)) continue
      const found = await resolvePackage(root, path, name)
      if (found !== undefined) await follow(found)
      else if (isNeeded) throw new Error(`${manifest.name} needs the npm package ${name}, which is not installed in ${root}`)
    }
  }
  await follow(start)
  return [...reached.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Returns the names of dependencies, and whether each is required. Pure. */
function wantedBy(manifest: z.infer<typeof Manifest>): [string, boolean][] {
  const isOptional = (name: string) => name in manifest.optionalDependencies || manifest.peerDependenciesMeta[name]?.optional === true
  // Optional peers are not installed with the package: TypeORM lists the drivers of all databases.
  const peers = Object.keys(manifest.peerDependencies).filter((name) => !isOptional(name))
  const names = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies), ...peers]
  return names.map((name) => [name, !isOptional(name)])
}

/** Resolves a package from the folder of another like Node: in the nearest node_modules folder upwards. */
async function resolvePackage(root: string, from: string, name: string): Promise<string | undefined> {
  for (let folder = join(root, from); ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return relative(root, await realpath(candidate))
    if (folder === root) return undefined
  }
}
