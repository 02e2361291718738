import { STREAM_EVENT_NAMES } from '@guardimesh/contracts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aFinding } from '../../mock-api/fixtures/a-finding.js'
import { openEventStream } from './event-stream.js'
import { FakeEventSource } from './fake-event-source.fixture.js'

const handlers = { onFinding: vi.fn(), onSignatures: vi.fn(), onResync: vi.fn(), onState: vi.fn(), onRefused: vi.fn() }
let close: () => void

beforeEach(() => {
  vi.stubGlobal('EventSource', FakeEventSource)
  vi.resetAllMocks()
  close = openEventStream({ events: 'signatures' }, handlers)
})
afterEach(() => close())

test('listens to every event of the contract', () => {
  for (const name of STREAM_EVENT_NAMES) FakeEventSource.send(name, name === 'finding' ? JSON.stringify(aFinding()) : '')
  expect(handlers.onFinding).toHaveBeenCalledOnce()
  expect(handlers.onSignatures).toHaveBeenCalledOnce()
  expect(handlers.onResync).toHaveBeenCalledOnce()
})

test('requests a resync for a finding that it cannot parse', () => {
  FakeEventSource.send('finding', '{"findingId": 7}')
  expect(handlers.onFinding).not.toHaveBeenCalled()
  expect(handlers.onResync).toHaveBeenCalledOnce()
})

test('is live and resynchronizes once it is open', () => {
  FakeEventSource.send('open')
  expect(handlers.onState).toHaveBeenCalledWith('live')
  expect(handlers.onResync).toHaveBeenCalledOnce()
})

test('receives nothing after it is closed', () => {
  close()
  FakeEventSource.send('signatures')
  expect(handlers.onSignatures).not.toHaveBeenCalled()
})
