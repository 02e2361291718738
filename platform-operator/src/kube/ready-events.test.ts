import type { Condition, ConditionReason } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { readyEvent } from './ready-events.js'

const ready = (status: Condition['status'], reason: ConditionReason, message = 'A message.'): Condition => ({
  type: 'Ready',
  status,
  reason,
  message,
  lastTransitionTime: '2026-01-01T00:00:00Z',
})
const TRUE = ready('True', 'AsDesired')

test.each([
  { name: 'creates an event for the first status', before: undefined, now: ready('False', 'WaitingForDatabase'), type: 'Normal' },
  { name: 'creates an event when the resource becomes ready', before: ready('False', 'PodsNotReady'), now: TRUE, type: 'Normal' },
  { name: 'creates an event when an upgrade starts', before: TRUE, now: ready('False', 'MigrationRunning'), type: 'Normal' },
  { name: 'warns when pods stop being ready', before: TRUE, now: ready('False', 'PodsNotReady'), type: 'Warning' },
  { name: 'warns when the user has to act', before: ready('False', 'RollingOut'), now: ready('False', 'WaveHeld'), type: 'Warning' },
  { name: 'ignores an unchanged status', before: TRUE, now: TRUE, type: undefined },
  {
    name: 'ignores another message',
    before: ready('False', 'PodsNotReady', '1 of 2'),
    now: ready('False', 'PodsNotReady', '0 of 2'),
    type: undefined,
  },
  {
    name: 'ignores the next stage of a rollout',
    before: ready('False', 'RollingOut'),
    now: ready('False', 'PodsNotReady'),
    type: undefined,
  },
])('$name', ({ before, now, type }) => expect(readyEvent(before, now)?.type).toBe(type))
