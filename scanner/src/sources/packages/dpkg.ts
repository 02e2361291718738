import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ImageFiles } from './image-files.js'
import { databasePaths } from './merged-usr.js'
import { DATABASE_FILE_MAX_BYTES, type PackageEntry } from './package-entry.js'

/** Folders with `<package>.md5sums`: of Debian, and of distroless images, which also keep one status file per package there. */
const FOLDERS = ['/var/lib/dpkg/info', '/var/lib/dpkg/status.d'] as const
const SUFFIX = '.md5sums'

/** Finds the packages of files in the database of dpkg. @returns undefined when the image has none. @throws KernelError */
export async function findInDpkg(files: ImageFiles, paths: readonly string[]): Promise<ReadonlyMap<string, PackageEntry> | undefined> {
  const wanted = wantedPaths(paths)
  const found = new Map<string, PackageEntry>()
  let hasDatabase = false
  for (const folder of FOLDERS) {
    const lists = [...files.names(folder)].filter((name) => name.endsWith(SUFFIX))
    hasDatabase ||= lists.length > 0
    for (const list of lists) {
      const text = files.read(`${folder}/${list}`, DATABASE_FILE_MAX_BYTES)?.toString('latin1') ?? ''
      for (const [path, checksum] of matchingLines(text, wanted)) {
        const name = list.slice(0, -SUFFIX.length)
        found.set(path, { name, version: versionOf(files, folder, name), algorithm: 'md5', checksum })
      }
      await nextTurn()
    }
  }
  return hasDatabase ? found : undefined
}

/** Database names of paths, which have no leading slash. Pure. */
function wantedPaths(paths: readonly string[]): ReadonlyMap<string, string> {
  return new Map(paths.flatMap((path) => databasePaths(path.replace(/^\/*/, '/')).map((name) => [name.slice(1), path] as const)))
}

/** Lines are 32 hexadecimal digits, two spaces and a path without its leading slash. Pure. */
function* matchingLines(text: string, wanted: ReadonlyMap<string, string>): Generator<readonly [string, string]> {
  for (const line of text.split('\n')) {
    const path = wanted.get(line.slice(34).replace(/^\.?\//, ''))
    if (path !== undefined && /^[0-9a-f]{32} {2}/.test(line)) yield [path, line.slice(0, 32)]
  }
}

function versionOf(files: ImageFiles, folder: string, listName: string): string {
  const name = listName.split(':', 1)[0] ?? listName
  const file = folder === FOLDERS[0] ? '/var/lib/dpkg/status' : `${folder}/${listName}`
  const status = files.read(file, DATABASE_FILE_MAX_BYTES)?.toString('utf8') ?? ''
  const paragraph = status.split('\n\n').find((text) => /^Package: (.*)$/m.exec(text)?.[1] === name)
  return /^Version: (.*)$/m.exec(paragraph ?? '')?.[1] ?? ''
}
