import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Architecture } from '../architecture.js'
import { type FileTree, mergeTrees, treeOfFolder } from '../tree/file-tree.js'
import type { ReachedPackage } from './dependencies.js'

/** Folder of our programs and their dependencies in an image. */
export const APP = '/app'

/** Top-level folders of npm packages that no code imports. */
const UNUSED_FOLDERS = /^(test|tests|__tests__|docs?|examples?|bench|benchmarks?|coverage|\.github|node_modules)$/
/** Types, source maps, sources of other languages, and texts except licences. */
const UNUSED_FILES =
  /\.(d\.[cm]?ts|[cm]?tsx?|map|flow|markdown|md|c|cc|cpp|h|hpp|gyp|gypi|tsbuildinfo|ya?ml|html)$|(^|\/)(Makefile|Dockerfile[^/]*|\.[^/]*)$/
const LICENCES = /(^|\/)(licen[cs]e|copying|notice|copyright)[^/]*$/i
/** Folders of binaries for all platforms in npm packages: "linux-x64", "linux_x64", "musl_x64", "darwin-arm64". */
const PLATFORM_FOLDER = /^(linux|musl|darwin|win32|freebsd|openbsd|android)[-_]/

/**
 * Collects the files of npm packages, at the same paths below /app as in npm's folder.
 *
 * @param root folder that npm installed into.
 */
export async function dependencyFiles(root: string, packages: readonly ReachedPackage[], architecture: Architecture): Promise<FileTree> {
  const trees = packages
    .filter(({ path }) => path.includes('node_modules/'))
    .map(({ name, path }) => treeOfFolder(join(root, path), `${APP}/${path}`, (file) => isUsedFile(name, file, architecture)))
  return mergeTrees(...(await Promise.all(trees)))
}

/**
 * Whether a file or folder of an npm package is used at run time. Pure.
 *
 * @param path relative to the package.
 */
export function isUsedFile(packageName: string, path: string, architecture: Architecture): boolean {
  const segments = path.split('/')
  if (UNUSED_FOLDERS.test(segments[0] ?? '')) return false
  if (segments.some((segment) => PLATFORM_FOLDER.test(segment) && !/\.[a-z]+$/.test(segment) && !isPlatform(segment, architecture)))
    return false
  // TypeORM's second copy of itself, for browsers.
  if (packageName === 'typeorm' && segments[0] === 'browser') return false
  if (path.endsWith('.musl.node')) return false
  return isLicence(path) || !UNUSED_FILES.test(path)
}

/** Whether a file is the licence of a package. Pure. */
export function isLicence(path: string): boolean {
  return LICENCES.test(path)
}

function isPlatform(folder: string, { name }: Architecture): boolean {
  return folder === `linux-${name}` || folder === `linux_${name}`
}

/**
 * Collects the compiled code of our own packages below /app, with the links between them. Files in `dist` without a source are leftovers of
 * an earlier build and are excluded.
 *
 * @param root root of the repository.
 */
export async function ownFiles(root: string, packages: readonly ReachedPackage[]): Promise<FileTree> {
  const own = packages.filter(({ path }) => !path.includes('node_modules/'))
  const trees = own.map(({ path }) => treeOfFolder(join(root, path), `${APP}/${path}`, (file) => isOwnUsedFile(join(root, path), file)))
  const links: FileTree = new Map(own.map(({ name, path }) => [`${APP}/node_modules/${name}`, { kind: 'link', target: `../../${path}` }]))
  return mergeTrees(...(await Promise.all(trees)), links)
}

function isOwnUsedFile(folder: string, path: string): boolean {
  if (path === 'package.json' || path === 'dist' || path === 'generated') return true
  if (path.startsWith('generated/')) return path.endsWith('.js')
  if (!path.startsWith('dist/')) return false
  const source = join(folder, path.replace(/^dist/, 'src'))
  return path.endsWith('.js') ? existsSync(source.replace(/\.js$/, '.ts')) : existsSync(source)
}
