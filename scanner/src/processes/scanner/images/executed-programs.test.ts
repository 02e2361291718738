import { DEFAULT_SCAN_CONFIG } from '@guardimesh/contracts/http/scan-config'
import { expect, test } from 'vitest'
import { ExecutedPrograms } from './executed-programs.js'

const PROGRAM = { device: 1n, inode: 10n, changedAtNs: 100n, sizeBytes: 1000n }
const somePrograms = (imageLayers = true) => {
  const scanConfig = () => ({ ...DEFAULT_SCAN_CONFIG, features: { ...DEFAULT_SCAN_CONFIG.features, imageLayers } })
  return new ExecutedPrograms({ hostRoot: '/', scanConfig })
}

test.each([
  { name: 'in another container of the image', changes: { device: 2n }, isClaimed: false },
  { name: 'with another inode', changes: { inode: 11n }, isClaimed: true },
  { name: 'after a change', changes: { changedAtNs: 101n }, isClaimed: true },
])('claims a program once: $name $isClaimed', ({ changes, isClaimed }) => {
  const programs = somePrograms()
  expect([programs.claim(PROGRAM), programs.claim(PROGRAM)]).toEqual([true, false])
  expect(programs.claim({ ...PROGRAM, ...changes })).toBe(isClaimed)
})

test('claims a program again after new signatures, and after a temporary failure only', () => {
  const programs = somePrograms()
  programs.claim(PROGRAM)
  programs.release(PROGRAM, 'too_large')
  expect(programs.claim(PROGRAM)).toBe(false)
  programs.release(PROGRAM, 'engine_error')
  expect(programs.claim(PROGRAM)).toBe(true)
  programs.forget()
  expect(programs.claim(PROGRAM)).toBe(true)
})

test('claims nothing while the feature is off', () => expect(somePrograms(false).claim(PROGRAM)).toBe(false))
