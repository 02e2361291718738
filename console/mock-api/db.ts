import {
  type AccountDetails,
  type ApiKeyView,
  type AuditEntryView,
  type CoverageView,
  DEFAULT_SCAN_CONFIG,
  type ExceptionView,
  type FindingView,
  type ImageLayerProgress,
  type ImageView,
  type IncidentView,
  type ListViews,
  type NodeView,
  type NotificationChannel,
  type NotificationDelivery,
  type NotificationRule,
  type PodView,
  type ResultGapView,
  type ScanConfigView,
  type ScanView,
  type SessionDetails,
  type TwoFactorView,
} from '@guardimesh/contracts'
import type { MockSession } from './accounts.js'
import { someAccounts, someSessions } from './fixtures/accounts.js'
import { someApiKeys } from './fixtures/api-keys.js'
import { someAuditEntries } from './fixtures/audit.js'
import { someCoverage } from './fixtures/coverage.js'
import { someExceptedFindings, someExceptions } from './fixtures/exceptions.js'
import { someFindings } from './fixtures/findings.js'
import { NO_LAYER_PROGRESS, someImages, someLayerProgress } from './fixtures/image-layers.js'
import { someIncidents } from './fixtures/incidents.js'
import { someNodes, somePods, someResultGaps } from './fixtures/inventory.js'
import { someRules } from './fixtures/notification-rules.js'
import { someChannels, someDeliveries } from './fixtures/notifications.js'
import { someScans } from './fixtures/scans.js'
import type { SignatureState } from './signature-state.js'

export interface MockDb {
  sessions: Map<string, MockSession>
  accounts: AccountDetails[]
  /** The same for each account. */
  accountSessions: SessionDetails[]
  twoFactor: TwoFactorView
  /** Newest first, like all lists. */
  findings: FindingView[]
  incidents: IncidentView[]
  exceptions: ExceptionView[]
  scans: ScanView[]
  nodes: NodeView[]
  pods: PodView[]
  coverage: CoverageView[]
  resultGaps: ResultGapView[]
  images: ImageView[]
  layerProgress: ImageLayerProgress
  apiKeys: ApiKeyView[]
  audit: AuditEntryView[]
  /** By list and email address. */
  listViews: Map<string, ListViews>
  notificationChannels: NotificationChannel[]
  notificationRules: NotificationRule[]
  /** By channel, newest first. */
  notificationDeliveries: Map<string, NotificationDelivery[]>
  scanConfig: ScanConfigView
  startedAtMs: number
  /** By email address. */
  signatures: Map<string, SignatureState>
}

export function createDb(nowMs = Date.now()): MockDb {
  const findings = someFindings(nowMs)
  return {
    sessions: new Map(),
    accounts: someAccounts(nowMs),
    accountSessions: someSessions(nowMs),
    twoFactor: { isEnabled: false, recoveryCodesLeft: 0 },
    findings: [...findings, ...someExceptedFindings(nowMs)],
    incidents: someIncidents(nowMs),
    exceptions: someExceptions(nowMs),
    scans: someScans(nowMs, findings),
    nodes: someNodes(nowMs),
    pods: somePods(nowMs),
    coverage: someCoverage(nowMs),
    resultGaps: someResultGaps(nowMs),
    images: someImages(),
    layerProgress: someLayerProgress(nowMs),
    apiKeys: someApiKeys(nowMs),
    audit: someAuditEntries(nowMs),
    listViews: new Map(),
    notificationChannels: someChannels(nowMs),
    notificationRules: someRules(),
    notificationDeliveries: someDeliveries(nowMs),
    scanConfig: { config: DEFAULT_SCAN_CONFIG, etag: '"1"', updatedAt: null, updatedBy: null },
    startedAtMs: nowMs,
    signatures: new Map(),
  }
}

/** The same database with empty lists, for the account `empty`. */
export function emptyDb(db: MockDb): MockDb {
  return {
    ...db,
    findings: [],
    incidents: [],
    exceptions: [],
    scans: [],
    nodes: [],
    pods: [],
    coverage: [],
    images: [],
    layerProgress: NO_LAYER_PROGRESS,
    apiKeys: [],
    audit: [],
    notificationChannels: [],
    notificationRules: [],
    notificationDeliveries: new Map(),
  }
}
