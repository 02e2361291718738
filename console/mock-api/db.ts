import {
  type ApiKeyView,
  type CoverageView,
  DEFAULT_SCAN_CONFIG,
  type FindingView,
  type NodeView,
  type NotificationChannel,
  type NotificationDelivery,
  type PodView,
  type ScanConfigView,
  type ScanView,
} from '@guardimesh/contracts'
import { someApiKeys } from './fixtures/api-keys.js'
import { someCoverage } from './fixtures/coverage.js'
import { someFindings } from './fixtures/findings.js'
import { someNodes, somePods } from './fixtures/inventory.js'
import { someChannels, someDeliveries } from './fixtures/notifications.js'
import { someScans } from './fixtures/scans.js'
import type { SignatureState } from './signature-state.js'

export const MOCK_PASSWORD = 'correct horse battery'

/** Accounts of the mock API. All have MOCK_PASSWORD; the name says what its session meets. */
export const MOCK_ACCOUNTS = {
  'admin@guardimesh.local': 'ordinary',
  'viewer@guardimesh.local': 'viewer',
  'empty@guardimesh.local': 'empty',
  'forbidden@guardimesh.local': 'forbidden',
  'outage@guardimesh.local': 'outage',
  'slow@guardimesh.local': 'slow',
  'one-machine@guardimesh.local': 'one-machine',
  'server-away@guardimesh.local': 'server-away',
  'importing@guardimesh.local': 'importing',
  'canary@guardimesh.local': 'canary',
  'held@guardimesh.local': 'held',
  'no-key@guardimesh.local': 'no-key',
} as const
export type MockBehaviour = (typeof MOCK_ACCOUNTS)[keyof typeof MOCK_ACCOUNTS]

export interface MockSession {
  email: string
  behaviour: MockBehaviour
}

export interface MockDb {
  sessions: Map<string, MockSession>
  /** Newest first, as all lists. */
  findings: FindingView[]
  scans: ScanView[]
  nodes: NodeView[]
  pods: PodView[]
  coverage: CoverageView[]
  apiKeys: ApiKeyView[]
  notificationChannels: NotificationChannel[]
  /** By channel, latest first. */
  notificationDeliveries: Map<string, NotificationDelivery[]>
  scanConfig: ScanConfigView
  startedAtMs: number
  /** By e-mail address. */
  signatures: Map<string, SignatureState>
}

export function createDb(nowMs = Date.now()): MockDb {
  const findings = someFindings(nowMs)
  return {
    sessions: new Map(),
    findings,
    scans: someScans(nowMs, findings),
    nodes: someNodes(nowMs),
    pods: somePods(nowMs),
    coverage: someCoverage(nowMs),
    apiKeys: someApiKeys(nowMs),
    notificationChannels: someChannels(nowMs),
    notificationDeliveries: someDeliveries(nowMs),
    scanConfig: { config: DEFAULT_SCAN_CONFIG, etag: '"1"', updatedAt: null, updatedBy: null },
    startedAtMs: nowMs,
    signatures: new Map(),
  }
}

/** The same database with nothing in it, for the account that sees only empty lists. */
export function emptyDb(db: MockDb): MockDb {
  return { ...db, findings: [], scans: [], nodes: [], pods: [], coverage: [], apiKeys: [], notificationChannels: [] }
}
