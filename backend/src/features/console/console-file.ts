import { stat } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { systemCodeOf } from '@guardimesh/kit'

/** Vite puts what has a hash of its content in its name here. */
const HASHED_FOLDER = '/assets/'

/** A file of the console, with how long a browser may keep it. */
export interface ConsoleFile {
  /** Relative to the console's folder, with a slash in front. */
  readonly path: string
  readonly cacheControl: string
}

/**
 * Decides which file answers a GET: the file of that name; for a page of the console (it routes in the browser) index.html; or nothing.
 *
 * @param folder of the built console.
 * @param url of the request.
 * @param acceptsHtml a browser that opens a page accepts HTML; a script that asks for data or a module does not.
 */
export async function consoleFileFor(folder: string, url: string, acceptsHtml: boolean): Promise<ConsoleFile | undefined> {
  const path = pathOf(url)
  if (path === undefined || path === '/api' || path.startsWith('/api/')) return undefined
  const isHashed = path.startsWith(HASHED_FOLDER)
  if (path !== '/index.html' && (await isFile(join(folder, path))))
    return { path, cacheControl: isHashed ? 'public, max-age=31536000, immutable' : 'no-cache' }
  // index.html names the hashed files of one build: an old copy would ask for files that are gone.
  if (acceptsHtml && !isHashed) return { path: '/index.html', cacheControl: 'no-store' }
  return undefined
}

/** The path of a URL, decoded and without ".." and doubled slashes; undefined when it cannot be decoded. */
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
