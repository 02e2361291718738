import { expect, test } from 'vitest'
import { type CanaryChoice, chooseCanaries } from './choose-canaries.js'

const nodes = (count: number) => Array.from({ length: count }, (_, n) => `node-${n}`)
const aChoice = ({ canary, ...rest }: { canary?: Partial<CanaryChoice['canary']> } & Partial<Omit<CanaryChoice, 'canary'>>) => ({
  canary: { nodes: [], percent: 0, soakMinutes: 15, holdAfterDetections: 3, ...canary },
  generation: 'g1',
  knownNames: [],
  previousNames: [],
  ...rest,
})

test.each([
  { name: 'no known nodes', choice: aChoice({ canary: { percent: 100 } }), count: 0 },
  { name: 'a share, rounded down', choice: aChoice({ canary: { percent: 10 }, knownNames: nodes(9) }), count: 0 },
  { name: 'a tenth of ten', choice: aChoice({ canary: { percent: 10 }, knownNames: nodes(10) }), count: 1 },
  { name: 'a configured node that is not known', choice: aChoice({ canary: { nodes: ['far'] }, knownNames: nodes(5) }), count: 1 },
  {
    name: 'a share in addition to the configured nodes',
    choice: aChoice({ canary: { nodes: ['node-0'], percent: 20 }, knownNames: nodes(10) }),
    count: 3,
  },
  {
    name: 'all nodes, without duplicates',
    choice: aChoice({ canary: { nodes: ['node-0'], percent: 100 }, knownNames: nodes(10) }),
    count: 10,
  },
  {
    name: 'previous nodes, which count towards the share',
    choice: aChoice({ canary: { percent: 20 }, knownNames: nodes(10), previousNames: nodes(2) }),
    count: 2,
  },
  { name: 'previous nodes, even above the share', choice: aChoice({ knownNames: nodes(10), previousNames: nodes(4) }), count: 4 },
])('chooses $name: $count', ({ choice, count }) => expect(chooseCanaries(choice)).toHaveLength(count))

test('chooses other nodes for another generation, the same ones for the same', () => {
  const choose = (generation: string) => chooseCanaries(aChoice({ canary: { percent: 10 }, knownNames: nodes(50), generation }))
  expect(choose('g1')).toEqual(choose('g1'))
  expect(choose('g1')).not.toEqual(choose('g2'))
})
