import { z } from 'zod'
import { SEVERITIES } from '../detection/severity.js'
import { DAY_MS } from '../units.js'
import { INCIDENT_STATUSES } from './incidents.js'
import { SignatureFreshness, SignaturesView } from './signatures.js'

/** Time ranges of the dashboard: hours of the range and of a bucket. */
export const DASHBOARD_RANGES = {
  '24h': { hours: 24, bucketHours: 1 },
  '7d': { hours: 168, bucketHours: 6 },
  '30d': { hours: 720, bucketHours: 24 },
} as const
export const DASHBOARD_RANGE_NAMES = ['24h', '7d', '30d'] as const satisfies readonly (keyof typeof DASHBOARD_RANGES)[]
export type DashboardRange = (typeof DASHBOARD_RANGE_NAMES)[number]

/** Maximum namespaces, images and signatures of the dashboard. */
export const TOP_VALUES_MAX = 5
/** Response times are those of the incidents that were opened in this period. */
export const RESPONSE_PERIOD_MS = 30 * DAY_MS
/** Maximum incidents whose response times are measured; the newest are used. */
export const RESPONSE_INCIDENTS_MAX = 2000

/** Query of `GET /api/dashboard`. */
export const DashboardQuery = z.object({ range: z.enum(DASHBOARD_RANGE_NAMES).default('24h') })
export type DashboardQuery = z.infer<typeof DashboardQuery>

const Count = z.number().int()

const TopValue = z.object({ value: z.string(), findings: Count })

const Duration = z.object({
  incidents: Count.describe('Incidents that the list shows with the same conditions'),
  measured: Count.describe('Incidents whose duration is known'),
  medianSeconds: z.number().nullable(),
  p95Seconds: z.number().nullable(),
})
export type ResponseDuration = z.infer<typeof Duration>

/** `GET /api/dashboard`. Each count has a list with the same number; findings, namespaces, images and signatures refer to `since` and `until`. */
export const DashboardView = z.object({
  since: z.iso.datetime().describe('Start of the range, a full hour'),
  until: z.iso.datetime().describe('End of the range: time of the response, or a few seconds earlier'),
  openIncidents: z
    .array(z.object({ status: z.enum(INCIDENT_STATUSES), severity: z.enum(SEVERITIES), incidents: Count }))
    .describe('Incidents that are not resolved, without zeros'),
  findings: z.object({
    total: Count,
    buckets: z
      .array(
        z.object({
          since: z.iso.datetime(),
          until: z.iso.datetime(),
          bySeverity: z.record(z.enum(SEVERITIES), Count),
        }),
      )
      .describe('Findings by their receipt, oldest first'),
  }),
  topNamespaces: z.array(TopValue),
  topImages: z.array(TopValue),
  topSignatures: z.array(TopValue),
  coverage: z.object({
    containers: Count.describe('Running containers'),
    containersMonitored: Count,
    filesScanned: Count.describe('Files that scans of the range scanned, or whose verdict was cached'),
    filesNotScanned: Count.describe('Files that these scans did not scan'),
    gapsSince: z.iso.datetime().describe('Start of the period of `gaps`: 24 hours'),
    gaps: Count.describe('Coverage gaps that were reported in this period'),
    trend: z
      .array(
        z.object({
          since: z.iso.datetime(),
          containersPercent: z.number().nullable().describe('null: not recorded'),
          filesPercent: z.number().nullable().describe('null: no files'),
        }),
      )
      .describe('The buckets of the range, oldest first'),
  }),
  nodes: z.object({
    total: Count,
    silent: Count,
    outdated: Count.nullable().describe('Nodes without the active generation; null if it is unknown'),
  }),
  signatures: z.object({
    state: SignaturesView.shape.state,
    activeGeneration: z.string().describe('Empty if unknown'),
    freshness: SignatureFreshness,
  }),
  response: z
    .object({
      since: z.iso.datetime(),
      detect: Duration.describe('From the last change of the file to the detection, by the clock of the node; all incidents'),
      acknowledge: Duration.describe(
        'From the first finding to the first change to another status than `new`; incidents in progress or resolved',
      ),
      resolve: Duration.describe('From the first finding to the last resolution; resolved incidents'),
    })
    .describe(`Incidents that were opened in the last 30 days. Durations are those of the newest ${RESPONSE_INCIDENTS_MAX} incidents`),
  setUp: z
    .object({
      signaturesImported: z.boolean().nullable().describe('null: the signature server is absent or unreachable'),
      nodeReporting: z.boolean(),
      channelEnabled: z.boolean(),
      secondAdministrator: z.boolean(),
      detectionTested: z.boolean().describe('true if there is a finding'),
    })
    .describe('Steps after the installation'),
})
export type DashboardView = z.infer<typeof DashboardView>
