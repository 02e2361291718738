import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { buildClamavContainer } from '@guardimesh/testbed/clamav-container.js'

/** Size of the database and of its next version. The number of added and removed signatures is typical of the official daily set. */
export const SYNTHETIC = { signatures: 1_000_000, added: 5000, removedEvery: 1000 }

/** Two versions of one ClamAV container, `synthetic.cud`. */
export interface SyntheticDatabase {
  readonly first: string
  readonly second: string
}

export async function createSyntheticDatabase(folder: string): Promise<SyntheticDatabase> {
  const { signatures, added, removedEvery } = SYNTHETIC
  const first = rangeOf(0, signatures)
  const second = [...first.filter((index) => index % removedEvery !== 0), ...rangeOf(signatures, signatures + added)]
  return { first: await buildDatabase(join(folder, '1'), first, 1), second: await buildDatabase(join(folder, '2'), second, 2) }
}

function buildDatabase(folder: string, indexes: readonly number[], version: number): Promise<string> {
  const files = { 'synthetic.hsb': indexes.map(formatSignature).join('') }
  return buildClamavContainer(folder, { name: 'synthetic', version, files, functionalityLevel: 90 })
}

/** Formats a hash signature that matches no file and is the same in every run. Pure. */
function formatSignature(index: number): string {
  return `${createHash('sha256').update(`bench ${index}`).digest('hex')}:${1000 + (index % 1_000_000)}:Bench.Synthetic-${index}:73\n`
}

const rangeOf = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
