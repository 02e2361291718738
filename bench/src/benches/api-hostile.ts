import { MIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { readSecretFile, sleep } from '@guardimesh/kit'
import { type AnswerCounts, CLIENTS, type HostileJob, runHostileLoad, SLOW_CONNECTIONS } from '../hostile/hostile-load.js'
import { type Latencies, measureOrdinary, ordinaryRequests, REQUESTS_PER_SECOND } from '../hostile/ordinary-requests.js'
import { type BenchPlatform, logProgress, withPlatform } from '../platform.js'
import { readResidentBytes, readTreeCpuSeconds } from '../process-usage.js'
import type { Measurement } from '../report.js'

const MUTATED_BODIES = 20_000
const WARM_UP_MS = 5 * SECOND_MS
const QUIET_MS = 30 * SECOND_MS
const SAMPLE_INTERVAL_MS = 200
const P99_BAR_MS = 100
/** Memory limit of the backend's pod. */
const MEMORY_BAR_BYTES = 768 * MIB_BYTES

/** Memory of the backend's process in bytes, and the processors that it used on average. */
interface Usage {
  readonly before: number
  readonly peak: number
  readonly after: number
  readonly cpus: number
}

/**
 * Response times of ordinary requests while hostile requests arrive, against the same requests without them: mutated messages, small bodies
 * with millions of unknown fields, logins that arrive a byte per second, and arbitrary requests to all documented routes.
 */
export async function measureApiHostile(): Promise<Measurement[]> {
  return withPlatform({}, async (platform) => {
    const requests = ordinaryRequests(platform)
    await measureOrdinary(requests, AbortSignal.timeout(WARM_UP_MS))
    const quiet = await measureOrdinary(requests, AbortSignal.timeout(QUIET_MS))
    logProgress(`${REQUESTS_PER_SECOND} requests/s of each kind, from their planned start, without hostile requests:`)
    for (const kind of quiet) logProgress(describeLatencies(kind))
    const job = await prepareJob(platform)
    const { ordinary, answers, seconds, usage } = await measureUnderLoad(platform, job)
    logProgress(`during ${seconds.toFixed(0)} s with hostile requests (${describeClients()}):`)
    for (const [index, kind] of ordinary.entries()) logProgress(describeLatencies(kind, quiet[index]))
    logProgress(`hostile requests by answer:`)
    for (const [kind, counts] of Object.entries(answers)) logProgress(`  ${kind}: ${describeCounts(counts)}`)
    logProgress(
      `memory of the backend: ${toMebibytes(usage.before)} MiB before, maximum ${toMebibytes(usage.peak)}, ${toMebibytes(usage.after)} after`,
    )
    return [buildMeasurement({ quiet, ordinary, answers, usage, seconds })]
  })
}

async function prepareJob({ env, api, ingestionKey }: BenchPlatform): Promise<HostileJob> {
  const answer = await api.send('POST', '/api/keys/create', { label: 'bench', scopes: ['console:read', 'signatures:write'] })
  const { key } = (await answer.json()) as { key: string }
  const { url, adminEmail } = env.facts
  const password = readSecretFile(env.folders.adminPasswordFile)
  return { url, email: adminEmail, password, ingestionKey, readKey: key, mutatedBodies: MUTATED_BODIES }
}

async function measureUnderLoad(platform: BenchPlatform, job: HostileJob) {
  const { supervisor } = platform.env
  const pid = supervisor.identityOf('api')?.pid
  if (pid === undefined) throw new Error('the API does not run')
  const before = readResidentBytes(pid)
  const cpuBefore = readTreeCpuSeconds(pid)
  const startedAtMs = performance.now()
  const stop = new AbortController()
  const peak = samplePeak(pid, stop.signal)
  const measuring = measureOrdinary(ordinaryRequests(platform), stop.signal)
  const answers = await runHostileLoad(job).finally(() => stop.abort())
  const seconds = (performance.now() - startedAtMs) / SECOND_MS
  const ordinary = await measuring
  const cpus = (readTreeCpuSeconds(pid) - cpuBefore) / seconds
  const usage: Usage = { before, peak: await peak, after: readResidentBytes(pid), cpus }
  if (supervisor.restartsOf('api') > 0) throw new Error('the API ended and was restarted')
  return { ordinary, answers, seconds, usage }
}

async function samplePeak(pid: number, signal: AbortSignal): Promise<number> {
  let peak = 0
  while (!signal.aborted) {
    peak = Math.max(peak, readResidentBytes(pid))
    await sleep(SAMPLE_INTERVAL_MS)
  }
  return peak
}

interface Outcome {
  readonly quiet: readonly Latencies[]
  readonly ordinary: readonly Latencies[]
  readonly answers: AnswerCounts
  readonly usage: Usage
  readonly seconds: number
}

function buildMeasurement({ quiet, ordinary, answers, usage, seconds }: Outcome): Measurement {
  const worst = ordinary.reduce((slowest, kind) => (kind.p99 > slowest.p99 ? kind : slowest))
  const peerValue = quiet.find(({ name }) => name === worst.name)?.p99 ?? Number.NaN
  const all = [...ordinary.map((kind) => kind.answers), ...Object.values(answers)]
  const internalErrors = countAnswers(all, (answer) => answer.startsWith('5'))
  const failures = countAnswers(
    ordinary.map((kind) => kind.answers),
    (answer) => answer !== '200',
  )
  return {
    name: 'api-hostile',
    ...{ value: worst.p99, unit: 'ms', peer: 'without-hostile-requests', peerValue, ratio: peerValue / worst.p99 },
    bar:
      `p99 of each ordinary request < ${P99_BAR_MS} ms (slowest: ${worst.name}), all answered with 200 (${failures} others), no 5xx ` +
      `(${internalErrors}), memory < ${toMebibytes(MEMORY_BAR_BYTES)} MiB (${toMebibytes(usage.peak)})`,
    isMet: worst.p99 < P99_BAR_MS && failures === 0 && internalErrors === 0 && usage.peak < MEMORY_BAR_BYTES,
    details: { quiet, ordinary, answers, usage, seconds, clients: CLIENTS, slowConnections: SLOW_CONNECTIONS },
  }
}

function countAnswers(counts: readonly Readonly<Record<string, number>>[], isCounted: (answer: string) => boolean): number {
  return counts.flatMap(Object.entries<number>).reduce((sum, [answer, count]) => sum + (isCounted(answer) ? count : 0), 0)
}

function describeLatencies({ name, requests, p50, p95, p99, max, answers }: Latencies, quiet?: Latencies): string {
  const [a, b, c, d] = [p50, p95, p99, max].map((ms) => ms.toFixed(1))
  const ratio = quiet ? `, p99 ${(p99 / quiet.p99).toFixed(1)} times that without them` : ''
  return `  ${name}: ${requests} requests, p50 ${a} ms, p95 ${b} ms, p99 ${c} ms, maximum ${d} ms${ratio}; ${describeCounts(answers)}`
}

function describeCounts(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([answer, count]) => `${count} x ${answer}`)
    .join(', ')
}

function describeClients(): string {
  const clients = Object.entries(CLIENTS).map(([kind, count]) => `${count} clients ${kind}`)
  return `${clients.join(', ')}, ${SLOW_CONNECTIONS} connections slow-login`
}

function toMebibytes(bytes: number): number {
  return Math.round(bytes / MIB_BYTES)
}
