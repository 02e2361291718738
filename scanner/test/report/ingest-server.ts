import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import {
  type ClamResultMessage,
  DEFAULT_SCAN_CONFIG,
  type DecodedPodLogs,
  decodeClamResults,
  decodePodLogs,
  type FileSightingMessage,
  INGEST_LIMITS,
  RULE_TRIAL_HEADER,
  RULE_TRIAL_NONE,
  type RuleTrialOrder,
  RuleTrialReport,
  SCAN_CONFIG_HEADER,
  type ScanConfig,
} from '@guardimesh/contracts'

/** Replaces the response to a request; `undefined` means the regular response. */
export type Override = (
  request: IncomingMessage,
  body: Buffer,
) => { status: number; headers?: Record<string, string>; body?: string } | undefined

interface State {
  override: Override
  requests: number
  largestBodyBytes: number
  headers: IncomingMessage['headers']
  scanConfig: ScanConfig
  inventory: DecodedPodLogs | undefined
  /** The current rule trial. */
  trial: RuleTrialOrder | undefined
}

/** Implements the ingest API over real HTTP: decodes and validates like the backend, and keeps the results in memory. */
export async function startIngestServer() {
  const stored = new Map<string, number>()
  const results: ClamResultMessage[] = []
  const gaps = new Map<string, { reason: string; cleanResults: number; findingResults: number; findings: number; sightings: number }>()
  const sightings: FileSightingMessage[] = []
  const trialReports: RuleTrialReport[] = []
  const state: State = {
    override: () => undefined,
    requests: 0,
    largestBodyBytes: 0,
    headers: {},
    scanConfig: DEFAULT_SCAN_CONFIG,
    inventory: undefined,
    trial: undefined,
  }
  const storeResults = (body: Buffer) => {
    const decoded = decodeClamResults(body)
    if (!decoded.ok) return { status: 400, body: decoded.message }
    const isNew = (result: ClamResultMessage) => !results.some(({ resultId }) => Buffer.from(resultId).equals(result.resultId))
    for (const result of decoded.value.results) {
      stored.set(result.containerId, (stored.get(result.containerId) ?? 0) + 1)
      if (isNew(result)) results.push(result)
    }
    sightings.push(...decoded.value.sightings)
    for (const gap of decoded.value.gaps) gaps.set(Buffer.from(gap.gapId).toString('hex'), gap)
    return { status: 200, body: JSON.stringify({ accepted: decoded.value.results.length, duplicates: 0 }) }
  }
  const storeInventory = (body: Buffer) => {
    const decoded = decodePodLogs(body)
    if (!decoded.ok) return { status: 400, body: decoded.message }
    state.inventory = decoded.value
    return { status: 200, body: '{"accepted":1,"duplicates":0}' }
  }
  const etagOfConfig = () => `"${createHash('sha256').update(JSON.stringify(state.scanConfig)).digest('hex')}"`
  const currentTrial = () => (state.trial ? { status: 200, body: JSON.stringify(state.trial) } : { status: 404 })
  const storeTrialReport = (url: string, body: Buffer) => {
    const isActive = url.includes(`/${state.trial?.trialId}/`)
    if (isActive) trialReports.push(RuleTrialReport.parse(JSON.parse(body.toString())))
    return { status: 200, body: JSON.stringify({ isActive }) }
  }
  const currentConfig = (request: IncomingMessage) => {
    const body = JSON.stringify(state.scanConfig)
    const etag = etagOfConfig()
    return request.headers['if-none-match'] === etag ? { status: 304, headers: { etag } } : { status: 200, headers: { etag }, body }
  }
  const handleTrial = (request: IncomingMessage, body: Buffer) => {
    const handle = request.method === 'GET' ? currentTrial : () => storeTrialReport(request.url ?? '', body)
    return state.override(request, body) ?? handle()
  }
  const handleIngest = (request: IncomingMessage, compressed: Buffer) => {
    state.requests += 1
    state.headers = request.headers
    state.largestBodyBytes = Math.max(state.largestBodyBytes, compressed.length)
    const body = gunzipSync(compressed)
    const overridden = state.override(request, body)
    if (overridden) return overridden
    if (compressed.length > INGEST_LIMITS.compressedBodyBytes) return { status: 413 }
    return request.url === '/api/v1/pods/logs' ? storeInventory(body) : storeResults(body)
  }
  const answer = (request: IncomingMessage, sent: Buffer) => {
    // As a backend of an older version does: the node scans the layers alone.
    if (request.url?.startsWith('/api/v1/image-layers/')) return { status: 404 }
    if (request.url?.startsWith('/api/v1/scan/rule-trial')) return handleTrial(request, sent)
    return request.method === 'GET' ? (state.override(request, sent) ?? currentConfig(request)) : handleIngest(request, sent)
  }
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { status, headers, body } = { headers: {}, body: '', ...answer(request, Buffer.concat(chunks)) }
      const announcements = { [SCAN_CONFIG_HEADER]: etagOfConfig(), [RULE_TRIAL_HEADER]: state.trial?.trialId ?? RULE_TRIAL_NONE }
      response.writeHead(status, { ...announcements, ...headers }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url, stored, results, gaps, sightings, trialReports, state, close, [Symbol.asyncDispose]: close }
}
