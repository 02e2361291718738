import { stat } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { systemCodeOf } from '@guardimesh/kit'

/** Folder in which Vite puts files with a content hash in their name. */
const HASHED_FOLDER = '/assets/'

/** A file of the console and its cache policy. */
export interface ConsoleFile {
  /** Relative to the console's folder, with a leading slash. */
  readonly path: string
  readonly cacheControl: string
}

/**
 * Selects the file for a GET request: the file of that name, index.html for a page of the console (routed in the browser), or none.
 *
 * @param folder of the built console.
 * @param url of the request.
 * @param acceptsHtml true for a browser that opens a page, false for a script that fetches data or a module.
 */
export async function consoleFileFor(folder: string, url: string, acceptsHtml: boolean): Promise<ConsoleFile | undefined> {
  const path = pathOf(url)
  if (path === undefined || path === '/api' || path.startsWith('/api/')) return undefined
  const isHashed = path.startsWith(HASHED_FOLDER)
  if (path !== '/index.html' && (await isFile(join(folder, path))))
    return { path, cacheControl: isHashed ? 'public, max-age=31536000, immutable' : 'no-cache' }
  // index.html refers to the hashed files of one build; a cached copy would request files that no longer exist.
  if (acceptsHtml && !isHashed) return { path: '/index.html', cacheControl: 'no-store' }
  return undefined
}

/** Returns the decoded path of a URL without ".." and repeated slashes; undefined if it cannot be decoded. */
function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/')
    return path.includes('\0') ? undefined : normalize(`/${path}`)
  } catch {
    return undefined
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(systemCodeOf(error) ?? '')) return false
    throw error
  }
}
