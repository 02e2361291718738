import {
  type CustomSignatures,
  type NodeSignatures,
  SECOND_MS,
  type SignatureAlert,
  type SignatureImport,
  type SignatureServerStatus,
  type SignaturesView,
} from '@guardimesh/contracts'
import type { MockBehaviour } from './db.js'
import { anAlert, someAlerts, someCustomSignatures, someNodesWithSignatures } from './fixtures/signature-parts.js'
import {
  absentSignatures,
  anImport,
  CANARY_GENERATION,
  canarySignatures,
  EMPTY_SIGNATURES,
  importingSignatures,
  someSignatures,
  unreachableSignatures,
} from './fixtures/signatures.js'

/** What one account sees and changes of signatures. */
export interface SignatureState {
  view: SignaturesView
  nodes: NodeSignatures[]
  alerts: SignatureAlert[]
  custom: CustomSignatures
  uploads: Map<string, { name: string; sizeBytes: number; offset: number }>
  /** How often the signatures were read: the import of one account goes on with each reading. */
  reads: number
}

export function createSignatureState(behaviour: MockBehaviour, nowMs: number): SignatureState {
  const isEmpty = behaviour === 'empty'
  return {
    view: viewOf(behaviour, nowMs),
    nodes: isEmpty ? [] : someNodesWithSignatures(nowMs),
    alerts: alertsOf(behaviour, nowMs),
    custom: isEmpty ? { revision: 0, ignoredFiles: [], ignoredSignatures: [], hashes: [], rules: [] } : someCustomSignatures(nowMs),
    uploads: new Map(),
    reads: 0,
  }
}

function viewOf(behaviour: MockBehaviour, nowMs: number): SignaturesView {
  switch (behaviour) {
    case 'empty':
      return structuredClone(EMPTY_SIGNATURES)
    case 'one-machine':
      return absentSignatures()
    case 'server-away':
      return unreachableSignatures()
    case 'importing':
      return importingSignatures(nowMs, 0)
    case 'canary':
      return canarySignatures(nowMs, 'canary')
    case 'held':
      return canarySignatures(nowMs, 'held')
    case 'no-key':
      return { ...someSignatures(nowMs), canChange: false }
    default:
      return someSignatures(nowMs)
  }
}

function alertsOf(behaviour: MockBehaviour, nowMs: number): SignatureAlert[] {
  if (behaviour === 'empty') return []
  if (behaviour === 'canary') return [stalledAlert(nowMs), ...someAlerts(nowMs)]
  if (behaviour !== 'held') return someAlerts(nowMs)
  const message = `The roll-out of ${CANARY_GENERATION} is held: 7 files were detected on node-a1 that nothing had detected before. Look at them, then promote or discard it.`
  return [anAlert({ alertId: 'held', kind: 'roll-out-held', subject: CANARY_GENERATION, message, raisedAt: new Date(nowMs).toISOString() })]
}

function stalledAlert(nowMs: number): SignatureAlert {
  const message = `The roll-out of ${CANARY_GENERATION} stands still: no canary node has had it loaded since it began. Silent: node-a1. Look at the puller of these nodes, or promote or discard the generation; other canary nodes, chosen in the settings, count from the next roll-out on.`
  const raisedAt = new Date(nowMs).toISOString()
  return anAlert({ alertId: 'stalled', kind: 'roll-out-stalled', subject: CANARY_GENERATION, message, raisedAt })
}

/** The server of a state. @throws when there is none: then no handler may change anything. */
export function serverOf({ view }: SignatureState): SignatureServerStatus {
  if (view.server === null) throw new Error('this account has no signature server')
  return view.server
}

/** How long a started import is in each step. */
const STEP_MS = 1.5 * SECOND_MS

interface StartedImport {
  files: string[]
  removed?: string[]
  source: SignatureImport['source']
  importedBy: string
  /** Empty: it is published. */
  refusal: Pick<SignatureImport, 'check' | 'message'> | undefined
  onPublished: () => void
}

/** Goes on by the clock: waiting, checking, then published or refused. */
export function startMockImport(
  state: SignatureState,
  { files, removed = [], source, importedBy, refusal, onPublished }: StartedImport,
): string {
  const server = serverOf(state)
  const importId = crypto.randomUUID()
  const entry = anImport({
    importId,
    files,
    removed,
    source,
    importedBy,
    state: 'waiting',
    startedAt: new Date().toISOString(),
    endedAt: null,
    generation: '',
  })
  server.imports.unshift(entry)
  setTimeout(() => Object.assign(entry, { state: 'checking', progress: 'Loading 8,712,345 signatures for a test.' }), STEP_MS)
  setTimeout(() => {
    Object.assign(entry, { progress: '', endedAt: new Date().toISOString() })
    if (refusal) return Object.assign(entry, { state: 'refused', ...refusal })
    Object.assign(entry, { state: 'published', generation: publish(server) })
    return onPublished()
  }, 2 * STEP_MS)
  return importId
}

/** A new live generation with the databases of the last one. */
function publish(server: SignatureServerStatus): string {
  const now = new Date()
  const generation = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const before = server.generations.find(({ isActive }) => isActive)
  for (const other of server.generations) other.isActive = false
  server.generations.unshift({
    generation,
    publishedAt: now.toISOString(),
    isActive: true,
    memoryBytes: before?.memoryBytes ?? null,
    databases: before?.databases ?? [],
  })
  server.activeGeneration = generation
  server.headGeneration = generation
  return generation
}
