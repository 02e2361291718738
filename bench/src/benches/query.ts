import type { ApiClient } from '@guardimesh/dev/api-client.js'
import { ConfigError } from '@guardimesh/kit'
import pg from 'pg'
import { buildDatabaseUrl, logProgress, withPlatform } from '../platform.js'
import { type SeedSizes, seedDatabase } from '../query/seed.js'
import type { Measurement } from '../report.js'
import { percentile } from '../statistics.js'

const SIZES: Omit<SeedSizes, 'findings'> = { incidents: 50_000, pods: 5_000, nodes: 500 }
const DEFAULT_FINDINGS = 10_000_000
/** Requests of each query; the first ones fill caches and are not counted. */
const REQUESTS = 40
const WARM_UP = 5
const BAR_P95_MS = 100

/** Requests of the console, by name. */
const QUERIES: Readonly<Record<string, string>> = {
  findings: '/api/findings?limit=200',
  'findings of a day': `/api/findings?limit=200&since=${hoursAgo(24)}`,
  'findings by severity': '/api/findings?limit=200&sort=severity',
  'findings by path': '/api/findings?limit=200&sort=path&order=asc',
  'findings by node': '/api/findings?limit=200&sort=node&order=asc',
  'critical findings': '/api/findings?limit=200&severity=critical',
  'findings of a namespace': '/api/findings?limit=200&namespace=team-7',
  'findings of a signature': '/api/findings?limit=200&signature=Bench.Malware.Family7',
  'findings with a part of a signature': '/api/findings?limit=200&signature=~family39',
  'findings of a pod': '/api/findings?limit=200&pod=app-77-7d8f9c6b4-x2k9p',
  'findings that contain a text': '/api/findings?limit=200&search=object-777777',
  'findings without a match': '/api/findings?limit=200&search=no-such-text',
  'facet namespace': '/api/findings/facets?facet=namespace',
  'facet signature': '/api/findings/facets?facet=signature&text=family3',
  'facet image of a namespace': '/api/findings/facets?facet=image&namespace=team-7',
  incidents: '/api/incidents?limit=200',
  'new critical incidents': '/api/incidents?limit=200&status=new&severity=critical',
  'incidents of a namespace': '/api/incidents?limit=200&namespace=team-7',
  incident: '/api/incidents/77',
  nodes: '/api/nodes?limit=200',
  pods: '/api/pods?limit=200',
  'pods that contain a text': '/api/pods?limit=200&search=app-77',
  overview: '/api/overview',
}

/**
 * Measures the console's lists, facets, searches and incidents with 10 million findings. BENCH_FINDINGS sets another number. The backend's
 * session limits and the network are included.
 */
export async function measureQuery(): Promise<Measurement[]> {
  const sizes = { ...SIZES, findings: findingsToSeed() }
  const p95ByQuery = await withPlatform({}, async ({ env, api }) => {
    await seed(buildDatabaseUrl(env.facts.database), sizes)
    const results: Record<string, number> = {}
    for (const [name, path] of Object.entries(QUERIES)) {
      results[name] = await measureRequests(api, path)
      logProgress(`  ${name.padEnd(36)} p95 ${results[name].toFixed(1)} ms`)
    }
    return results
  })
  const value = Math.max(...Object.values(p95ByQuery))
  return [
    {
      name: 'query',
      value,
      unit: 'ms',
      peer: '-',
      peerValue: BAR_P95_MS,
      ratio: BAR_P95_MS / value,
      bar: `p95 of each of ${Object.keys(QUERIES).length} queries < ${BAR_P95_MS} ms with ${sizes.findings} findings`,
      isMet: value < BAR_P95_MS,
      details: { sizes, p95ByQuery, requests: REQUESTS },
    },
  ]
}

function findingsToSeed(): number {
  const text = process.env.BENCH_FINDINGS ?? String(DEFAULT_FINDINGS)
  const findings = Number(text)
  if (!Number.isInteger(findings) || findings < SIZES.incidents)
    throw new ConfigError(`BENCH_FINDINGS is "${text}". Set a whole number of at least ${SIZES.incidents}.`)
  return findings
}

async function seed(url: string, sizes: SeedSizes): Promise<void> {
  const database = new pg.Client({ connectionString: url })
  await database.connect()
  try {
    await seedDatabase(database, sizes)
  } finally {
    await database.end()
  }
}

/** Returns the 95th percentile in ms. @throws Error for any status but 200. */
async function measureRequests(api: ApiClient, path: string): Promise<number> {
  const durationsMs: number[] = []
  for (let request = 0; request < WARM_UP + REQUESTS; request++) {
    const startedAt = performance.now()
    const response = await api.send('GET', path)
    const text = await response.text()
    if (response.status !== 200) throw new Error(`GET ${path} returned ${response.status}: ${text}`)
    if (request >= WARM_UP) durationsMs.push(performance.now() - startedAt)
  }
  return percentile(durationsMs, 0.95)
}

function hoursAgo(hours: number): string {
  return encodeURIComponent(new Date(Date.now() - hours * 3_600_000).toISOString())
}
