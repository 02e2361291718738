// Ends with 0 when node_modules holds what package-lock.json asks for, with 1 when `npm ci` is needed. npm keeps its own record of
// what it installed in node_modules/.package-lock.json, and writes it last. Plain JavaScript without imports of ours: it runs before the build.
import { readFileSync } from 'node:fs'

/** What identifies an installed package; workspaces are links. */
const mark = (entry) => (entry.link ? `link ${entry.resolved}` : entry.version)

function packagesOf(lockPath) {
  const { packages } = JSON.parse(readFileSync(lockPath, 'utf8'))
  return Object.entries(packages).filter(([path]) => path.includes('node_modules/'))
}

function matches() {
  const installed = new Map(packagesOf('node_modules/.package-lock.json'))
  // Optional packages of other platforms are in the lock file only.
  const wanted = packagesOf('package-lock.json').filter(([, entry]) => !entry.optional)
  return wanted.every(([path, entry]) => installed.has(path) && mark(installed.get(path)) === mark(entry))
}

try {
  process.exitCode = matches() ? 0 : 1
} catch {
  process.exitCode = 1
}
