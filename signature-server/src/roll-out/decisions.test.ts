import { SignatureSettings } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { discarded, held, repairedState, withActive, withHead, withSettings } from './decisions.js'
import { generationBefore } from './requirements.js'
import type { RollOutState } from './roll-out-state.js'

const NOW = new Date('2026-11-21T12:00:00Z')
const CANARY = SignatureSettings.parse({ canary: { nodes: ['node-1'], percent: 0 } })
const at = { now: NOW, knownNames: ['node-1', 'node-2'] }
const aState = (over: Partial<RollOutState> = {}): RollOutState => ({
  ...{ head: 'g1', live: 'g1', liveSequence: 5, rollOut: null, settings: SignatureSettings.parse({}), lived: ['g1', 'g0'] },
  ...over,
})
const inRollOut = withHead(aState({ settings: CANARY }), 'g2', at)

test('without canary nodes a new head is live at once', () => {
  expect(withHead(aState(), 'g2', at)).toMatchObject({ head: 'g2', live: 'g2', rollOut: null, lived: ['g2', 'g1', 'g0'] })
})

test('with canary nodes it is theirs alone', () => {
  expect(inRollOut).toMatchObject({ head: 'g2', live: 'g1', lived: ['g1', 'g0'] })
  expect(inRollOut.rollOut).toMatchObject({ generation: 'g2', state: 'canary', nodes: ['node-1'], sequence: NOW.getTime() })
})

test('the first generation ever is live at once, whatever the settings', () => {
  const first = aState({ head: '', live: '', lived: [], settings: { ...CANARY, pinned: true } })
  expect(withHead(first, 'g1', at)).toMatchObject({ head: 'g1', live: 'g1', rollOut: null })
})

test('a newer head takes the roll-out over, with its nodes, from the start', () => {
  const next = withHead({ ...inRollOut, settings: SignatureSettings.parse({}) }, 'g3', { ...at, now: new Date(1) })
  expect(next).toMatchObject({ head: 'g3', live: 'g1', rollOut: { generation: 'g3', state: 'canary', nodes: ['node-1'], reason: '' } })
})

test('held, it stays held whatever comes after: no import decides in the place of a person', () => {
  const next = withHead(held(inRollOut, 'too many'), 'g3', at)
  expect(next).toMatchObject({
    head: 'g3',
    live: 'g1',
    rollOut: { generation: 'g3', state: 'held', nodes: ['node-1'], reason: 'too many' },
  })
  expect(withActive(next, 'g3', NOW)).toMatchObject({ live: 'g3', rollOut: null })
})

test('pinned, a new head is nobody’s; then it is rolled out', () => {
  const pinned = withSettings(aState(), { ...CANARY, pinned: true }, at)
  const waiting = withHead(pinned, 'g2', at)
  expect(waiting).toMatchObject({ head: 'g2', live: 'g1', rollOut: null })
  expect(withSettings(waiting, CANARY, at)).toMatchObject({ head: 'g2', live: 'g1', rollOut: { generation: 'g2' } })
  expect(withSettings(waiting, SignatureSettings.parse({}), at)).toMatchObject({ head: 'g2', live: 'g2', rollOut: null })
})

test('pinning takes the canary nodes back', () => {
  const pinned = withSettings(inRollOut, { ...CANARY, pinned: true }, at)
  expect(pinned).toMatchObject({ head: 'g2', live: 'g1', rollOut: null })
})

test('discarded, imports build on the live one again', () => {
  expect(discarded(inRollOut, NOW)).toMatchObject({ head: 'g1', live: 'g1', rollOut: null })
})

test('no decision lowers the sequence that a node sees, however the clock runs', () => {
  const back = new Date(0)
  const seen = (state: RollOutState) => Math.max(state.liveSequence, state.rollOut?.sequence ?? 0)
  for (const next of [
    withActive(inRollOut, 'g2', back),
    discarded(inRollOut, back),
    withActive(inRollOut, 'g0', back),
    withSettings(inRollOut, { ...CANARY, pinned: true }, { ...at, now: back }),
  ])
    expect(next.liveSequence).toBeGreaterThan(seen(inRollOut))
  expect(withHead(inRollOut, 'g3', { ...at, now: back }).rollOut?.sequence).toBeGreaterThan(seen(inRollOut))
})

test('what the volume lost is forgotten', () => {
  expect(repairedState(inRollOut, ['g1', 'g0'], NOW)).toMatchObject({ head: 'g1', live: 'g1', rollOut: null })
  expect(repairedState(aState({ head: 'g2' }), ['g1'], NOW)).toMatchObject({ head: 'g1', lived: ['g1'] })
  expect(repairedState(aState(), ['g1', 'g0'], NOW)).toEqual(aState())
})

test('gone back, what came after is no way back any more, however often', () => {
  const third = withHead(withHead(aState(), 'g2', at), 'g3', at)
  const back = withActive(third, 'g1', NOW)
  expect(back.lived).toEqual(['g1', 'g0'])
  const fourth = withHead(back, 'g4', at)
  expect(generationBefore(fourth, ['g4', 'g3', 'g2', 'g1', 'g0'])).toBe('g1')
  expect(withActive(fourth, 'g3', NOW).lived).toEqual(['g3', 'g4', 'g1', 'g0'])
})

test('the one before the live one is the one that was live before it', () => {
  expect(generationBefore(aState({ live: 'g3', lived: ['g3', 'g1', 'g0'] }), ['g4', 'g3', 'g2', 'g1', 'g0'])).toBe('g1')
  expect(() => generationBefore(aState({ live: 'g0' }), ['g1', 'g0'])).toThrow(/no generation that was live before g0/)
  expect(() => generationBefore(aState({ live: '' }), ['g1'])).toThrow(/before the first/)
})
