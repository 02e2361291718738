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
  { name: 'creates no event without imports', status: {}, expected: [] },
  {
    name: 'reports signatures for all nodes',
    status: { imports: [anImport({})] },
    expected: ['Normal SignaturesPublished Generation g2 is rolling out to all nodes: daily.cvd'],
  },
  {
    name: 'reports signatures for canary nodes',
    status: { imports: [anImport({})], rollOut },
    expected: ['Normal SignaturesPublished Generation g2 is rolling out to the canary nodes first: daily.cvd'],
  },
  {
    name: 'reports rejected signatures',
    status: { imports: [anImport({ state: 'refused', check: 'header', message: 'Fetch it again.' })] },
    expected: ['Warning SignaturesRefused daily.cvd rejected by the check header: Fetch it again.'],
  },
  { name: 'ignores an old import', status: { imports: [anImport({ endedAt: '2026-01-01T11:00:00Z' })] }, expected: [] },
  { name: 'ignores an import in progress', status: { imports: [anImport({ state: 'checking', endedAt: null })] }, expected: [] },
  {
    name: 'reports a held rollout regardless of its age',
    status: { rollOut: { ...rollOut, state: 'held', startedAt: '2025-12-30T00:00:00Z', reason: '4 files detected on n1' } },
    expected: [
      'Warning SignaturesHeld Rollout of generation g2 is held on n1: 4 files detected on n1. All other nodes keep generation g1. Promote or discard it on the Signatures page of the console or with guardimesh signatures roll-out.',
    ],
  },
])('$name', ({ status, expected }) => {
  expect(signatureEvents(aStatus(status), now).map(({ type, reason, message }) => `${type} ${reason} ${message}`)).toEqual(expected)
})
