import { expect, test } from 'vitest'
import { EndedEvents } from './ended-events.js'

const ended = { containerId: 'a', kind: 'ended' } as const

test('returns an event again until it is handled, in front of new ones', () => {
  const events = new EndedEvents()
  for (const event of events.takeWith([ended])) events.putBack(event)
  expect(events.isWaiting).toBe(true)
  const started = { containerId: 'b', kind: 'started' } as const
  expect(events.takeWith([started])).toEqual([ended, started])
  expect(events.isWaiting).toBe(false)
})

test('drops events of starts, and ends that the runtime never confirms', () => {
  const events = new EndedEvents()
  for (const event of events.takeWith([{ containerId: 'b', kind: 'started' }])) events.putBack(event)
  expect(events.isWaiting).toBe(false)
  let rounds = 0
  for (let due = events.takeWith([ended]); due.length > 0; due = events.takeWith([])) {
    rounds += 1
    for (const event of due) events.putBack(event)
  }
  expect(rounds).toBe(20)
})
