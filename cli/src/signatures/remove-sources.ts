import { basename } from 'node:path'
import type { SignatureDatabase } from '@guardimesh/contracts'
import { CommandError } from '../command-error.js'

/**
 * Finds sources by path (`clamav/ours.ndb`) or by unique file name. Pure.
 *
 * @throws CommandError with the available sources.
 */
export function findSourcePaths(names: readonly string[], sources: readonly Pick<SignatureDatabase, 'path'>[]): string[] {
  const paths = sources.map(({ path }) => path)
  return [...new Set(names.map((name) => findSourcePath(name, paths)))]
}

function findSourcePath(name: string, paths: readonly string[]): string {
  const found = paths.filter((path) => path === name || basename(path) === name)
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  if (found.length > 1) throw new CommandError(`${name} is ambiguous: specify ${found.join(' or ')}.`)
  throw new CommandError(`Source ${name} not found. Available: ${paths.join(', ') || 'none'}.`)
}
