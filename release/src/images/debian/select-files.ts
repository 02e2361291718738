import { posix } from 'node:path'
import type { Architecture } from '../architecture.js'
import { contentOf, type FileTree, linkTarget } from '../tree/file-tree.js'
import type { PackageSet } from './apt.js'
import type { DebianPackage } from './debian-package.js'
import { parseElf } from './elf.js'

/**
 * Files and folders by package, as absolute paths; the prefix "!" excludes a path. "TRIPLE" stands for the architecture's library folder,
 * "x86_64-linux-gnu".
 */
export type WantedFiles = Readonly<Record<string, readonly string[]>>

/** Files with their packages. */
export interface Selection {
  readonly tree: FileTree
  readonly packageNames: readonly string[]
  /** Package of each extracted file, by path. */
  readonly owners: ReadonlyMap<string, string>
}

/**
 * Selects the listed files and, transitively, the libraries that their programs load: an image contains the dependencies of its programs, without a
 * package manager and without files for the installation of packages.
 * For each package with a selected file, also selects its copyright file and writes its entry for vulnerability scanners.
 *
 * @param below content of the layers below.
 * @throws Error when no package contains a listed path or a required library.
 */
export async function selectFiles(
  wanted: WantedFiles,
  packages: PackageSet,
  architecture: Architecture,
  below: FileTree,
): Promise<Selection> {
  const selection = new FileSelection(packages, await findLibraryOwners(packages), architecture, below)
  for (const [name, patterns] of Object.entries(wanted)) await selection.addWanted(name, patterns)
  await selection.addDocuments()
  return { tree: selection.tree, packageNames: [...new Set(selection.owners.values())].sort(), owners: selection.owners }
}

/** Packages by the libraries they provide. */
async function findLibraryOwners(packages: PackageSet): Promise<Map<string, string>> {
  const owners = new Map<string, string>()
  for (const [name, debianPackage] of packages) for (const library of await debianPackage.libraries()) owners.set(library, name)
  return owners
}

class FileSelection {
  readonly tree: FileTree = new Map()
  readonly owners = new Map<string, string>()
  readonly #packages: PackageSet
  readonly #libraryOwners: ReadonlyMap<string, string>
  readonly #architecture: Architecture
  readonly #below: FileTree

  constructor(packages: PackageSet, libraryOwners: ReadonlyMap<string, string>, architecture: Architecture, below: FileTree) {
    this.#packages = packages
    this.#libraryOwners = libraryOwners
    this.#architecture = architecture
    this.#below = below
  }

  async addWanted(packageName: string, patterns: readonly string[]): Promise<void> {
    const paths = [...(await this.#package(packageName).files()).keys()]
    const [kept, dropped] = [
      patterns.filter((pattern) => !pattern.startsWith('!')),
      patterns.filter((pattern) => pattern.startsWith('!')),
    ].map((list) => list.map((pattern) => pattern.replace('!', '').replace('TRIPLE', this.#architecture.triple))) as [string[], string[]]
    for (const pattern of kept) {
      const found = paths.filter((path) => isAtOrBelow(path, pattern) && !dropped.some((other) => isAtOrBelow(path, other)))
      if (found.length === 0) throw new Error(`the Debian package ${packageName} has no ${pattern}: fix the image catalog`)
      for (const path of found) await this.#addFile(packageName, path)
    }
  }

  /** Adds a file and its dependencies: the target of a link in the same package, the libraries of a program. */
  async #addFile(packageName: string, path: string): Promise<void> {
    if (this.tree.has(path) || this.#below.has(path)) return
    const entry = (await this.#package(packageName).files()).get(path)
    if (!entry) return
    this.tree.set(path, entry)
    this.owners.set(path, packageName)
    if (entry.kind === 'link') await this.#addFile(packageName, linkTarget(path, entry.target))
    if (entry.kind !== 'file') return
    for (const library of parseElf(await contentOf(entry))?.needed ?? []) await this.#addLibrary(library, packageName, path)
  }

  async #addLibrary(library: string, neededIn: string, neededBy: string): Promise<void> {
    const sibling = posix.join(posix.dirname(neededBy), library)
    if ((await this.#package(neededIn).files()).has(sibling)) return this.#addFile(neededIn, sibling)
    const owner = this.#libraryOwners.get(library)
    if (owner === undefined)
      throw new Error(`${neededBy} needs ${library}, which no package provides: add its package to the image catalog`)
    const folders = [`/usr/lib/${this.#architecture.triple}`, '/usr/lib', '/usr/lib64']
    for (const folder of folders) await this.#addFile(owner, posix.join(folder, library))
  }

  async addDocuments(): Promise<void> {
    for (const name of new Set(this.owners.values())) {
      this.tree.set(`/usr/share/doc/${name}/copyright`, { kind: 'file', mode: 0o644, content: await this.#copyright(name) })
      const control = await this.#package(name).control()
      this.tree.set(`/var/lib/dpkg/status.d/${name}`, { kind: 'file', mode: 0o644, content: Buffer.from(control) })
    }
  }

  async #copyright(name: string): Promise<Buffer> {
    const copyright = await this.#package(name).copyright()
    return 'text' in copyright ? copyright.text : this.#copyright(copyright.folderOf)
  }

  #package(name: string): DebianPackage {
    const found = this.#packages.get(name)
    if (!found) throw new Error(`the Debian package ${name} was not fetched: add it to the image catalog`)
    return found
  }
}

function isAtOrBelow(path: string, pattern: string): boolean {
  return path === pattern || path.startsWith(`${pattern}/`)
}
