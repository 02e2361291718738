import { SignatureServerStatus } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { signatureEvents } from './signature-events.js'

const now = new Date('2026-01-01T12:00:00Z')
const anImport = (parts: object) => ({
  importId: 'a',
  files: ['daily.cvd'],
  state: 'published',
  check: '',
  message: '',
  startedAt: '2026-01-01T11:50:00Z',
  endedAt: '2026-01-01T11:55:00Z',
  generation: 'g2',
  ...parts,
})
const rollOut = { generation: 'g2', state: 'canary', nodes: ['n1'], startedAt: '2026-01-01T11:55:00Z', reason: '' }
const aStatus = (parts: object) => SignatureServerStatus.parse({ activeGeneration: 'g1', generations: [], imports: [], ...parts })

test.each([
  { name: 'nothing happened', status: {}, expected: [] },
  {
    name: 'signatures for all nodes',
    status: { imports: [anImport({})] },
    expected: ['Normal SignaturesPublished Generation g2 is offered to the nodes: daily.cvd'],
  },
  {
    name: 'signatures for some nodes first',
    status: { imports: [anImport({})], rollOut },
    expected: ['Normal SignaturesPublished Generation g2 is offered to the canary nodes first: daily.cvd'],
  },
  {
    name: 'signatures that were refused',
    status: { imports: [anImport({ state: 'refused', check: 'header', message: 'Fetch it again.' })] },
    expected: ['Warning SignaturesRefused daily.cvd refused by the check header: Fetch it again.'],
  },
  { name: 'an import of long ago', status: { imports: [anImport({ endedAt: '2026-01-01T11:00:00Z' })] }, expected: [] },
  { name: 'an import under way', status: { imports: [anImport({ state: 'checking', endedAt: null })] }, expected: [] },
  {
    name: 'a roll-out that has long been held',
    status: { rollOut: { ...rollOut, state: 'held', startedAt: '2025-12-30T00:00:00Z', reason: '4 files detected on n1' } },
    expected: [
      'Warning SignaturesHeld Generation g2 goes no further than n1: 4 files detected on n1. All other nodes keep g1. Promote or discard it: page Signatures of the console, or guardimesh signatures roll-out.',
    ],
  },
])('$name', ({ status, expected }) => {
  expect(signatureEvents(aStatus(status), now).map(({ type, reason, message }) => `${type} ${reason} ${message}`)).toEqual(expected)
})
