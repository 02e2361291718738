import {
  DAY_MS,
  type DashboardRange,
  type DashboardView,
  RESPONSE_PERIOD_MS,
  SECOND_MS,
  SEVERITIES,
  type SignaturesView,
} from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { InventoryService } from '../inventory/inventory.service.js'
import { SignaturesService } from '../signatures/signatures.service.js'
import { type BucketCoverage, CoverageTrendRepository } from './coverage-trend.repository.js'
import { bucketBounds, type HourRange, hourRange } from './dashboard-range.js'
import { type FindingCount, FindingTrendRepository } from './finding-trend.repository.js'
import { ResponseTimesRepository } from './response-times.repository.js'
import { StatusRepository } from './status.repository.js'

/** Open consoles share an answer for this time, so that their number does not load the database. */
const CACHE_MS = 10 * SECOND_MS
/** `importedBy` of the signatures in the image of the signature server. */
const STARTER_IMPORTER = 'starter set'

interface CachedView {
  readonly view: Promise<DashboardView>
  readonly atMs: number
}

/** Reads the dashboard. */
@Injectable()
export class DashboardService {
  readonly #cache = new Map<DashboardRange, CachedView>()

  constructor(
    private readonly findings: FindingTrendRepository,
    private readonly coverage: CoverageTrendRepository,
    private readonly responseTimes: ResponseTimesRepository,
    private readonly status: StatusRepository,
    private readonly inventory: InventoryService,
    private readonly signatures: SignaturesService,
  ) {}

  /** Returns the dashboard of a range; it may be a few seconds old. */
  read(range: DashboardRange): Promise<DashboardView> {
    const cached = this.#cache.get(range)
    const nowMs = Date.now()
    if (cached && nowMs - cached.atMs < CACHE_MS) return cached.view
    const view = this.#build(hourRange(range, nowMs))
    this.#cache.set(range, { view, atMs: nowMs })
    // A failure is not cached.
    view.catch(() => this.#cache.delete(range))
    return view
  }

  async #build(range: HourRange): Promise<DashboardView> {
    const firstOpenHour = await this.findings.firstOpenHour(range)
    const gapsSince = new Date(range.untilMs - DAY_MS)
    const responseSince = new Date(range.untilMs - RESPONSE_PERIOD_MS)
    const [counts, trend, running, gaps, times, openIncidents, setUp, generations, signatures] = await Promise.all([
      this.findings.count(range, firstOpenHour),
      this.coverage.trend(range, firstOpenHour),
      this.inventory.runningPods(),
      this.coverage.gapsSince(gapsSince),
      this.responseTimes.read(responseSince),
      this.status.openIncidents(),
      this.status.setUp(),
      this.inventory.listNodeSignatures(),
      this.signatures.read(),
    ])
    const activeGeneration = signatures.server?.activeGeneration ?? ''
    return {
      since: bucketBounds(range, 0).since,
      until: new Date(range.untilMs).toISOString(),
      openIncidents,
      ...findingsOf(range, counts),
      coverage: {
        containers: running.containers,
        containersMonitored: running.containers - running.containersNotMonitored,
        ...filesOf(trend),
        gapsSince: gapsSince.toISOString(),
        gaps,
        trend: coverageTrend(range, trend),
      },
      nodes: {
        total: generations.length,
        silent: generations.filter(({ state }) => state === 'silent').length,
        outdated: activeGeneration === '' ? null : generations.filter(({ generation }) => generation !== activeGeneration).length,
      },
      signatures: { state: signatures.state, activeGeneration, freshness: signatures.freshness },
      response: { since: responseSince.toISOString(), ...times },
      setUp: {
        signaturesImported: hasImported(signatures),
        nodeReporting: generations.some(({ state }) => state === 'reporting'),
        ...setUp,
      },
    }
  }
}

function findingsOf(range: HourRange, counts: readonly FindingCount[]) {
  const noFindings = () => Object.fromEntries(SEVERITIES.map((severity) => [severity, 0]))
  const buckets = Array.from({ length: range.buckets }, (_, bucket) => ({
    ...bucketBounds(range, bucket),
    bySeverity: noFindings() as DashboardView['findings']['buckets'][number]['bySeverity'],
  }))
  let total = 0
  for (const count of counts) {
    const bucket = count.dimension === 'severity' ? buckets[count.bucket] : undefined
    if (count.dimension !== 'severity' || !bucket) continue
    bucket.bySeverity[count.value] = count.findings
    total += count.findings
  }
  const topOf = (dimension: FindingCount['dimension']) =>
    counts.filter((count) => count.dimension === dimension).map(({ value, findings }) => ({ value, findings }))
  return {
    findings: { total, buckets },
    topNamespaces: topOf('namespace'),
    topImages: topOf('image'),
    topSignatures: topOf('signature'),
  }
}

function filesOf(trend: readonly BucketCoverage[]) {
  const sumOf = (name: 'filesScanned' | 'filesNotScanned') =>
    Math.min(
      trend.reduce((sum, bucket) => sum + bucket[name], 0),
      Number.MAX_SAFE_INTEGER,
    )
  return { filesScanned: sumOf('filesScanned'), filesNotScanned: sumOf('filesNotScanned') }
}

function coverageTrend(range: HourRange, trend: readonly BucketCoverage[]): DashboardView['coverage']['trend'] {
  const byBucket = new Map(trend.map((one) => [one.bucket, one]))
  return Array.from({ length: range.buckets }, (_, bucket) => {
    const { filesScanned = 0, filesNotScanned = 0, containers, containersMonitored } = byBucket.get(bucket) ?? {}
    return {
      since: bucketBounds(range, bucket).since,
      containersPercent: percent(containersMonitored ?? 0, containers ?? 0),
      filesPercent: percent(filesScanned, filesScanned + filesNotScanned),
    }
  })
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100
}

/** Databases that a user imported; the image contains only the EICAR test file and some rules. */
function hasImported({ server }: SignaturesView): boolean | null {
  if (!server) return null
  return server.imports.some(({ state, importedBy }) => state === 'published' && importedBy !== STARTER_IMPORTER)
}
