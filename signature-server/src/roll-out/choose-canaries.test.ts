import { expect, test } from 'vitest'
import { type CanaryChoice, chooseCanaries } from './choose-canaries.js'

const nodes = (count: number) => Array.from({ length: count }, (_, n) => `node-${n}`)
const aChoice = ({ canary, ...rest }: { canary?: Partial<CanaryChoice['canary']> } & Partial<Omit<CanaryChoice, 'canary'>>) => ({
  canary: { nodes: [], percent: 0, soakMinutes: 15, holdAfterDetections: 3, ...canary },
  generation: 'g1',
  knownNames: [],
  formerNames: [],
  ...rest,
})

test.each([
  { name: 'nobody is known', choice: aChoice({ canary: { percent: 100 } }), count: 0 },
  { name: 'a share is rounded down', choice: aChoice({ canary: { percent: 10 }, knownNames: nodes(9) }), count: 0 },
  { name: 'a tenth of ten', choice: aChoice({ canary: { percent: 10 }, knownNames: nodes(10) }), count: 1 },
  { name: 'a named one that never asked', choice: aChoice({ canary: { nodes: ['far'] }, knownNames: nodes(5) }), count: 1 },
  {
    name: 'the share comes to the named',
    choice: aChoice({ canary: { nodes: ['node-0'], percent: 20 }, knownNames: nodes(10) }),
    count: 3,
  },
  { name: 'everybody, once', choice: aChoice({ canary: { nodes: ['node-0'], percent: 100 }, knownNames: nodes(10) }), count: 10 },
  {
    name: 'the former count for the share',
    choice: aChoice({ canary: { percent: 20 }, knownNames: nodes(10), formerNames: nodes(2) }),
    count: 2,
  },
  { name: 'the former stay, however few are wanted now', choice: aChoice({ knownNames: nodes(10), formerNames: nodes(4) }), count: 4 },
])('$name: $count', ({ choice, count }) => expect(chooseCanaries(choice)).toHaveLength(count))

test('another generation goes to others, the same one to the same', () => {
  const choose = (generation: string) => chooseCanaries(aChoice({ canary: { percent: 10 }, knownNames: nodes(50), generation }))
  expect(choose('g1')).toEqual(choose('g1'))
  expect(choose('g1')).not.toEqual(choose('g2'))
})
