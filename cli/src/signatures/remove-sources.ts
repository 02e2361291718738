import { basename } from 'node:path'
import type { SignatureDatabase } from '@guardimesh/contracts'
import { CommandError } from '../command-error.js'

/**
 * The sources that a person means: by path (`clamav/ours.ndb`), or by a name that only one of them has. Pure.
 *
 * @throws CommandError that names those there are.
 */
export function sourcesNamed(names: readonly string[], sources: readonly Pick<SignatureDatabase, 'path'>[]): string[] {
  const paths = sources.map(({ path }) => path)
  return [...new Set(names.map((name) => sourceNamed(name, paths)))]
}

function sourceNamed(name: string, paths: readonly string[]): string {
  const found = paths.filter((path) => path === name || basename(path) === name)
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  if (found.length > 1) throw new CommandError(`${name} may be ${found.join(' or ')}: name one of them.`)
  throw new CommandError(`${name} was not brought in. There are: ${paths.join(', ') || 'none'}.`)
}
