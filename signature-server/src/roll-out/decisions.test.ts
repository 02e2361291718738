import { SignatureSettings } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { repairedState, withActive, withDiscard, withHead, withHold, withSettings } from './decisions.js'
import { previousActiveGeneration } from './requirements.js'
import type { RollOutState } from './roll-out-state.js'

const NOW = new Date('2026-11-21T12:00:00Z')
const CANARY = SignatureSettings.parse({ canary: { nodes: ['node-1'], percent: 0 } })
const at = { now: NOW, knownNames: ['node-1', 'node-2'] }
const aState = (over: Partial<RollOutState> = {}): RollOutState => ({
  ...{ head: 'g1', active: 'g1', activeSequence: 5, rollOut: null, settings: SignatureSettings.parse({}), activations: ['g1', 'g0'] },
  ...over,
})
const inRollOut = withHead(aState({ settings: CANARY }), 'g2', at)

test('activates a new head immediately without canary nodes', () => {
  expect(withHead(aState(), 'g2', at)).toMatchObject({ head: 'g2', active: 'g2', rollOut: null, activations: ['g2', 'g1', 'g0'] })
})

test('offers a new head to the canary nodes only', () => {
  expect(inRollOut).toMatchObject({ head: 'g2', active: 'g1', activations: ['g1', 'g0'] })
  expect(inRollOut.rollOut).toMatchObject({ generation: 'g2', state: 'canary', nodes: ['node-1'], sequence: NOW.getTime() })
})

test('activates the first generation immediately, regardless of the settings', () => {
  const first = aState({ head: '', active: '', activations: [], settings: { ...CANARY, pinned: true } })
  expect(withHead(first, 'g1', at)).toMatchObject({ head: 'g1', active: 'g1', rollOut: null })
})

test('restarts the rollout with a newer head and the same nodes', () => {
  const next = withHead({ ...inRollOut, settings: SignatureSettings.parse({}) }, 'g3', { ...at, now: new Date(1) })
  expect(next).toMatchObject({ head: 'g3', active: 'g1', rollOut: { generation: 'g3', state: 'canary', nodes: ['node-1'], reason: '' } })
})

test('keeps a rollout held when another import follows: only a user can release it', () => {
  const next = withHead(withHold(inRollOut, 'too many'), 'g3', at)
  expect(next).toMatchObject({
    head: 'g3',
    active: 'g1',
    rollOut: { generation: 'g3', state: 'held', nodes: ['node-1'], reason: 'too many' },
  })
  expect(withActive(next, 'g3', NOW)).toMatchObject({ active: 'g3', rollOut: null })
})

test('rolls out a head that waited for a pinned generation after unpinning', () => {
  const pinned = withSettings(aState(), { ...CANARY, pinned: true }, at)
  const waiting = withHead(pinned, 'g2', at)
  expect(waiting).toMatchObject({ head: 'g2', active: 'g1', rollOut: null })
  expect(withSettings(waiting, CANARY, at)).toMatchObject({ head: 'g2', active: 'g1', rollOut: { generation: 'g2' } })
  expect(withSettings(waiting, SignatureSettings.parse({}), at)).toMatchObject({ head: 'g2', active: 'g2', rollOut: null })
})

test('returns the canary nodes to the active generation on pinning', () => {
  const pinned = withSettings(inRollOut, { ...CANARY, pinned: true }, at)
  expect(pinned).toMatchObject({ head: 'g2', active: 'g1', rollOut: null })
})

test('builds imports on the active generation after a discard', () => {
  expect(withDiscard(inRollOut, NOW)).toMatchObject({ head: 'g1', active: 'g1', rollOut: null })
})

test('never lowers the sequence that a node sees, even if the clock is set back', () => {
  const back = new Date(0)
  const seen = (state: RollOutState) => Math.max(state.activeSequence, state.rollOut?.sequence ?? 0)
  for (const next of [
    withActive(inRollOut, 'g2', back),
    withDiscard(inRollOut, back),
    withActive(inRollOut, 'g0', back),
    withSettings(inRollOut, { ...CANARY, pinned: true }, { ...at, now: back }),
  ])
    expect(next.activeSequence).toBeGreaterThan(seen(inRollOut))
  expect(withHead(inRollOut, 'g3', { ...at, now: back }).rollOut?.sequence).toBeGreaterThan(seen(inRollOut))
})

test('forgets generations that are missing on the volume', () => {
  expect(repairedState(inRollOut, ['g1', 'g0'], NOW)).toMatchObject({ head: 'g1', active: 'g1', rollOut: null })
  expect(repairedState(aState({ head: 'g2' }), ['g1'], NOW)).toMatchObject({ head: 'g1', activations: ['g1'] })
  expect(repairedState(aState(), ['g1', 'g0'], NOW)).toEqual(aState())
})

test('does not roll back to generations that were rolled back before', () => {
  const third = withHead(withHead(aState(), 'g2', at), 'g3', at)
  const back = withActive(third, 'g1', NOW)
  expect(back.activations).toEqual(['g1', 'g0'])
  const fourth = withHead(back, 'g4', at)
  expect(previousActiveGeneration(fourth, ['g4', 'g3', 'g2', 'g1', 'g0'])).toBe('g1')
  expect(withActive(fourth, 'g3', NOW).activations).toEqual(['g3', 'g4', 'g1', 'g0'])
})

test('finds the generation that was active before the active one', () => {
  expect(previousActiveGeneration(aState({ active: 'g3', activations: ['g3', 'g1', 'g0'] }), ['g4', 'g3', 'g2', 'g1', 'g0'])).toBe('g1')
  expect(() => previousActiveGeneration(aState({ active: 'g0' }), ['g1', 'g0'])).toThrow(/no generation that was active before g0/)
  expect(() => previousActiveGeneration(aState({ active: '' }), ['g1'])).toThrow(/before the first/)
})
