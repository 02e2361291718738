import type { RuleTrialView } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { describeTrial, outcomeOf } from './follow-trial.js'

const trial = {
  ...{ trialId: 't', name: 'x.yar', state: 'done', hits: [], hitCount: 0, openNodes: [], filesScanned: 12 },
  golden: { files: 3, hitCount: 0, hits: [], problem: '' },
  nodes: { expected: 2, answered: 2, failed: 0 },
} as unknown as RuleTrialView

test.each([
  { name: 'no hits', changes: {}, expected: 'clean' },
  { name: 'a hit', changes: { hitCount: 1 }, expected: 'not-clean' },
  { name: 'an unfinished trial', changes: { state: 'running', filesScanned: 0 }, expected: 'not-clean' },
  { name: 'no files', changes: { filesScanned: 0 }, expected: 'nothing-inspected' },
  {
    name: 'no files but a hit in the golden set',
    changes: { filesScanned: 0, golden: { ...trial.golden, hitCount: 1 } },
    expected: 'not-clean',
  },
])('$name: $expected', ({ changes, expected }) => expect(outcomeOf({ ...trial, ...changes } as RuleTrialView)).toBe(expected))

test('states that nothing was inspected', () => {
  expect(describeTrial({ ...trial, filesScanned: 0 }).at(-1)).toMatch(/^No file of a container was inspected/)
  expect(describeTrial(trial).at(-1)).toMatch(/^Matches on 2 of 2 nodes: 0 of 12 files/)
})
