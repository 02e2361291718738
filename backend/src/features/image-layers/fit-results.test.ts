import type { ImageLayerAnswer } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { fitResults } from './fit-results.js'

const RESULT = { filesScanned: 1, filesNotScanned: 0, bytesScanned: 1, findingCount: 0, findings: [], notScanned: [] }
const aLayer = (name: string, result: ImageLayerAnswer['layers'][number]['result']) => ({
  layer: `sha256:${name.repeat(64)}`,
  state: 'scanned' as const,
  result,
})
const hasResult = (maxChars: number) =>
  fitResults([aLayer('a', RESULT), aLayer('b', null), aLayer('c', RESULT), aLayer('d', RESULT)], maxChars).map(
    ({ result }) => result !== null,
  )

test.each([
  { name: 'all that fit', maxChars: 1_000_000, expected: [true, false, true, true] },
  { name: 'the first one even if it is too large', maxChars: 1, expected: [true, false, false, false] },
  { name: 'a part', maxChars: 2 * JSON.stringify(RESULT).length, expected: [true, false, true, false] },
])('keeps $name', ({ maxChars, expected }) => expect(hasResult(maxChars)).toEqual(expected))
