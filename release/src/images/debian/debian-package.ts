import type { Readable } from 'node:stream'
import { runProgram } from '@guardimesh/kit'
import { contentOf, type FileTree, linkTarget } from '../tree/file-tree.js'
import { readTar } from '../tree/tar.js'

/** A verified package file (.deb), read without installing it. */
export class DebianPackage {
  readonly #debFile: string
  readonly #control: FileTree
  #files: Promise<FileTree> | undefined

  private constructor(debFile: string, control: FileTree) {
    this.#debFile = debFile
    this.#control = control
  }

  static async open(debFile: string): Promise<DebianPackage> {
    return new DebianPackage(debFile, await readTarOf('--ctrl-tarfile', debFile))
  }

  /** Returns its files and links, which are read at the first call. */
  files(): Promise<FileTree> {
    this.#files ??= readTarOf('--fsys-tarfile', this.#debFile)
    return this.#files
  }

  /** Reads its control paragraph: name, version, maintainer and so on. */
  async control(): Promise<string> {
    return (await this.#controlFile('control')) ?? ''
  }

  /**
   * Lists the names of its shared libraries.
   *
   * Source: deb-shlibs(5): a line is "[type:] name version dependencies".
   */
  async libraries(): Promise<string[]> {
    const text = (await this.#controlFile('shlibs')) ?? ''
    return text.split('\n').flatMap((line) => {
      const [name, version] = line.startsWith('udeb:') ? [] : line.split(/\s+/)
      return name && version ? [`${name}.so.${version}`, `${name}-${version}.so`] : []
    })
  }

  /** Reads its licences. Packages of one source may share a documentation folder by a link. @returns the name of the package with the folder. */
  async copyright(): Promise<{ readonly text: Buffer } | { readonly folderOf: string }> {
    const name = fieldOf(await this.control(), 'Package')
    const files = await this.files()
    const folder = files.get(`/usr/share/doc/${name}`)
    if (folder?.kind === 'link') return { folderOf: linkTarget(`/usr/share/doc/${name}`, folder.target).split('/').at(-1) ?? '' }
    const entry = files.get(`/usr/share/doc/${name}/copyright`)
    if (entry?.kind !== 'file') throw new Error(`the Debian package ${name} has no copyright file`)
    return { text: await contentOf(entry) }
  }

  async #controlFile(name: string): Promise<string | undefined> {
    const entry = this.#control.get(`/${name}`)
    return entry?.kind === 'file' ? (await contentOf(entry)).toString('utf8') : undefined
  }
}

async function readTarOf(option: string, debFile: string): Promise<FileTree> {
  let files: FileTree = new Map()
  const readStdout = async (stdout: Readable) => {
    files = await readTar(stdout)
  }
  await runProgram('dpkg-deb', [option, debFile], { readStdout, throwOnFailure: true })
  return files
}

/** Returns the value of a one-line field of a control paragraph. Pure. @throws Error when the field is missing. */
export function fieldOf(control: string, field: string): string {
  const value = new RegExp(`^${field}: (.*)$`, 'm').exec(control)?.[1]
  if (value === undefined) throw new Error(`a Debian control file has no field ${field}:\n${control}`)
  return value
}
