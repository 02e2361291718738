import {
  type CustomSignatures,
  type NodeSignatures,
  SECOND_MS,
  type SignatureAlert,
  type SignatureImport,
  type SignatureServerStatus,
  type SignaturesView,
} from '@guardimesh/contracts'
import type { MockBehaviour } from './accounts.js'
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

/** Signature data of one account. */
export interface SignatureState {
  view: SignaturesView
  nodes: NodeSignatures[]
  alerts: SignatureAlert[]
  custom: CustomSignatures
  uploads: Map<string, { name: string; sizeBytes: number; offset: number }>
  /** Number of status requests: the import of the account `importing` advances with each. */
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
  const message = `The rollout of ${CANARY_GENERATION} is held: 7 previously clean files were detected on node-a1. Review them, then promote or discard it.`
  return [anAlert({ alertId: 'held', kind: 'roll-out-held', subject: CANARY_GENERATION, message, raisedAt: new Date(nowMs).toISOString() })]
}

function stalledAlert(nowMs: number): SignatureAlert {
  const message = `The rollout of ${CANARY_GENERATION} is stalled: no canary node has loaded it. Silent: node-a1. Check the puller on these nodes, or promote or discard the generation. Other canary nodes, selected in the settings, apply from the next rollout.`
  const raisedAt = new Date(nowMs).toISOString()
  return anAlert({ alertId: 'stalled', kind: 'roll-out-stalled', subject: CANARY_GENERATION, message, raisedAt })
}

/** Returns the server status. @throws if the account has no signature server. */
export function serverOf({ view }: SignatureState): SignatureServerStatus {
  if (view.server === null) throw new Error('this account has no signature server')
  return view.server
}

/** Duration of each state of a started import. */
const PHASE_MS = 1.5 * SECOND_MS

interface StartedImport {
  files: string[]
  removed?: string[]
  source: SignatureImport['source']
  importedBy: string
  /** Undefined: the import is published. */
  rejection: Pick<SignatureImport, 'check' | 'message'> | undefined
  onPublished: () => void
}

/** Starts an import that is waiting, then checking, then published or rejected. */
export function startMockImport(
  state: SignatureState,
  { files, removed = [], source, importedBy, rejection, onPublished }: StartedImport,
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
  setTimeout(() => Object.assign(entry, { state: 'checking', progress: 'Loading 8,712,345 signatures as a test.' }), PHASE_MS)
  setTimeout(() => {
    Object.assign(entry, { progress: '', endedAt: new Date().toISOString() })
    if (rejection) return Object.assign(entry, { state: 'refused', ...rejection })
    Object.assign(entry, { state: 'published', generation: publish(server) })
    return onPublished()
  }, 2 * PHASE_MS)
  return importId
}

/** Activates a new generation with the databases of the previous one. */
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
