// Exits with 0 if node_modules matches package-lock.json, and with 1 if `npm ci` is needed. npm writes node_modules/.package-lock.json
// last, so it lists only packages that are completely installed. Plain JavaScript without workspace imports, because it runs before the build.
import { readFileSync } from 'node:fs'

/** Identity of an installed package; workspaces are links. */
const identity = (entry) => (entry.link ? `link ${entry.resolved}` : entry.version)

function readPackages(lockPath) {
  const { packages } = JSON.parse(readFileSync(lockPath, 'utf8'))
  return Object.entries(packages).filter(([path]) => path.includes('node_modules/'))
}

/** Optional packages of other platforms are in the lock file only. */
function isOfThisPlatform({ cpu, os, libc = ['glibc'] }) {
  return cpu?.includes(process.arch) && os?.includes(process.platform) && libc.includes('glibc')
}

function isInstalled() {
  const installed = new Map(readPackages('node_modules/.package-lock.json'))
  const required = readPackages('package-lock.json').filter(([, entry]) => !entry.optional || isOfThisPlatform(entry))
  return required.every(([path, entry]) => installed.has(path) && identity(installed.get(path)) === identity(entry))
}

try {
  process.exitCode = isInstalled() ? 0 : 1
} catch {
  process.exitCode = 1
}
