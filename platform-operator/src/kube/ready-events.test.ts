import type { Condition, ConditionReason } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { readyEvent } from './ready-events.js'

const ready = (status: Condition['status'], reason: ConditionReason, message = 'A sentence.'): Condition => ({
  type: 'Ready',
  status,
  reason,
  message,
  lastTransitionTime: '2026-01-01T00:00:00Z',
})
const TRUE = ready('True', 'AsDesired')

test.each([
  { name: 'the first word', before: undefined, now: ready('False', 'WaitingForDatabase'), type: 'Normal' },
  { name: 'it is ready', before: ready('False', 'PodsNotReady'), now: TRUE, type: 'Normal' },
  { name: 'an upgrade begins', before: TRUE, now: ready('False', 'MigrationRunning'), type: 'Normal' },
  { name: 'pods fail', before: TRUE, now: ready('False', 'PodsNotReady'), type: 'Warning' },
  { name: 'a person is needed', before: ready('False', 'RollingOut'), now: ready('False', 'WaveHeld'), type: 'Warning' },
  { name: 'the same again', before: TRUE, now: TRUE, type: undefined },
  {
    name: 'another sentence',
    before: ready('False', 'PodsNotReady', '1 of 2'),
    now: ready('False', 'PodsNotReady', '0 of 2'),
    type: undefined,
  },
  { name: 'the next stage', before: ready('False', 'RollingOut'), now: ready('False', 'PodsNotReady'), type: undefined },
])('$name', ({ before, now, type }) => expect(readyEvent(before, now)?.type).toBe(type))
