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
afterEach(() => {
  close()
  vi.restoreAllMocks()
})

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

test('has no connection while the tab is hidden, and resynchronizes when it is shown again', () => {
  const show = (state: DocumentVisibilityState) => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
    document.dispatchEvent(new Event('visibilitychange'))
  }
  show('hidden')
  expect(FakeEventSource.all.size).toBe(0)
  show('visible')
  expect(FakeEventSource.all.size).toBe(1)
  FakeEventSource.send('open')
  expect(handlers.onResync).toHaveBeenCalledOnce()
  close()
  show('visible')
  expect(FakeEventSource.all.size).toBe(0)
})

test('opens no connection in a tab that is opened in the background', () => {
  close()
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  close = openEventStream({}, handlers)
  expect(FakeEventSource.all.size).toBe(0)
})
