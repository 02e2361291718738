import {
  DASHBOARD_RANGES,
  DAY_MS,
  DashboardQuery,
  DashboardView,
  type FindingView,
  HOUR_MS,
  RESPONSE_PERIOD_MS,
  SEVERITIES,
  TOP_VALUES_MAX,
} from '@guardimesh/contracts'
import { answer } from '../answer.js'
import type { MockDb } from '../db.js'
import type { MockCall, MockRoute } from './mock-route.js'
import { readSignatures } from './signatures.js'

const iso = (ms: number) => new Date(ms).toISOString()

function bucketsOf(db: MockDb, range: keyof typeof DASHBOARD_RANGES, nowMs: number) {
  const { hours, bucketHours } = DASHBOARD_RANGES[range]
  const sizeMs = bucketHours * HOUR_MS
  const count = hours / bucketHours
  const firstMs = (Math.floor(nowMs / sizeMs) - count + 1) * sizeMs
  return Array.from({ length: count }, (_, at) => {
    const sinceMs = firstMs + at * sizeMs
    const untilMs = Math.min(sinceMs + sizeMs, nowMs)
    const findings = db.findings.filter(({ receivedAt }) => Date.parse(receivedAt) >= sinceMs && Date.parse(receivedAt) < untilMs)
    return { since: iso(sinceMs), until: iso(untilMs), findings }
  })
}

const countsOf = (findings: readonly FindingView[]) =>
  Object.fromEntries(SEVERITIES.map((severity) => [severity, findings.filter((one) => one.severity === severity).length]))

function topOf(findings: readonly FindingView[], name: 'namespace' | 'image' | 'signatureName') {
  const counts = new Map<string, number>()
  for (const finding of findings) counts.set(finding[name], (counts.get(finding[name]) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, findings: count }))
    .sort((a, b) => b.findings - a.findings)
    .slice(0, TOP_VALUES_MAX)
}

function openIncidents({ incidents }: MockDb) {
  return (['new', 'in_progress'] as const).flatMap((status) =>
    SEVERITIES.map((severity) => ({
      status,
      severity,
      incidents: incidents.filter((one) => one.status === status && one.severity === severity).length,
    })).filter((one) => one.incidents > 0),
  )
}

function responseOf({ incidents }: MockDb, nowMs: number) {
  const since = iso(nowMs - RESPONSE_PERIOD_MS)
  const opened = incidents.filter(({ firstSeenAt }) => firstSeenAt >= since)
  const of = (statuses: readonly string[], medianSeconds: number) => {
    const count = opened.filter(({ status }) => statuses.includes(status)).length
    return {
      incidents: count,
      measured: count,
      medianSeconds: count > 0 ? medianSeconds : null,
      p95Seconds: count > 0 ? medianSeconds * 6 : null,
    }
  }
  const acknowledged = ['in_progress', 'resolved']
  return { since, detect: of(['new', ...acknowledged], 1.4), acknowledge: of(acknowledged, 780), resolve: of(['resolved'], 9_000) }
}

function coverageOf({ pods, coverage, scans }: MockDb, buckets: readonly { since: string }[], nowMs: number) {
  const containers = pods.filter(({ goneAt }) => goneAt === null).flatMap((pod) => pod.containers)
  const filesScanned = scans.reduce((sum, scan) => sum + scan.filesScanned + scan.filesCached, 0)
  return {
    containers: containers.length,
    containersMonitored: containers.filter(({ watched }) => watched).length,
    filesScanned,
    filesNotScanned: scans.reduce((sum, scan) => sum + scan.filesNotScanned, 0),
    gapsSince: iso(nowMs - DAY_MS),
    gaps: coverage.length,
    trend: buckets.map(({ since }, at) => ({
      since,
      containersPercent: containers.length === 0 || at < 3 ? null : 90 + (at % 5),
      filesPercent: filesScanned === 0 ? null : 99 + (at % 3) / 4,
    })),
  }
}

function dashboard(call: MockCall): DashboardView {
  const { db, query, session } = call
  const nowMs = Date.now()
  const { range } = DashboardQuery.parse(Object.fromEntries(query))
  const buckets = bucketsOf(db, range, nowMs)
  const findings = buckets.flatMap((bucket) => bucket.findings)
  const signatures = readSignatures(call)
  const active = signatures.server?.activeGeneration ?? ''
  return DashboardView.parse({
    since: buckets[0]?.since,
    until: buckets.at(-1)?.until,
    openIncidents: openIncidents(db),
    findings: {
      total: findings.length,
      buckets: buckets.map(({ findings: own, ...bucket }) => ({ ...bucket, bySeverity: countsOf(own) })),
    },
    topNamespaces: topOf(findings, 'namespace'),
    topImages: topOf(findings, 'image'),
    topSignatures: topOf(findings, 'signatureName'),
    coverage: coverageOf(db, buckets, nowMs),
    nodes: {
      total: db.nodes.length,
      silent: db.nodes.filter(({ state }) => state === 'silent').length,
      outdated: active === '' ? null : db.nodes.filter(({ signatureGeneration }) => signatureGeneration !== active).length,
    },
    signatures: { state: signatures.state, activeGeneration: active, freshness: signatures.freshness },
    response: responseOf(db, nowMs),
    setUp: {
      signaturesImported: signatures.server ? session?.behaviour !== 'empty' : null,
      nodeReporting: db.nodes.length > 0,
      channelEnabled: db.notificationChannels.length > 0,
      secondAdministrator: false,
      detectionTested: db.findings.length > 0,
    },
  })
}

export const dashboardRoutes: readonly MockRoute[] = [['GET', /^\/api\/dashboard$/, (call) => answer(DashboardView, dashboard(call))]]
