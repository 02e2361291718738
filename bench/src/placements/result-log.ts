import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import {
  type ClamResultMessage,
  COVERAGE_REASONS,
  type CoverageReasonName,
  decodeClamResults,
  fromWireNumber,
  SCAN_CONFIG_HEADER,
  SCAN_SOURCES,
  SCAN_TRIGGERS,
  type ScanConfig,
  type ScanSourceName,
  type ScanTriggerName,
} from '@guardimesh/contracts'

interface Entry {
  readonly arrivedAtMs: number
  readonly containerId: string
  /** Raw bytes as Latin-1. */
  readonly path: string
}

export interface FindingEntry extends Entry {
  readonly signature: string
  readonly source: ScanSourceName
  readonly trigger: ScanTriggerName
}

export interface GapEntry extends Entry {
  readonly reason: CoverageReasonName
  readonly detail: string
}

/** Everything that the scanner reported. */
export interface ResultLog {
  readonly url: string
  readonly findings: FindingEntry[]
  readonly gaps: GapEntry[]
  /** Containers with at least one result. */
  readonly containerIds: Set<string>
  close(): Promise<void>
}

/** Receives results over the ingest API like the backend, and keeps them with the time of their arrival. */
export async function startResultLog(config: ScanConfig): Promise<ResultLog> {
  const findings: FindingEntry[] = []
  const gaps: GapEntry[] = []
  const containerIds = new Set<string>()
  const add = (result: ClamResultMessage) => {
    const { containerId } = result
    containerIds.add(containerId)
    const trigger = fromWireNumber(SCAN_TRIGGERS, result.trigger)
    const common = ({ path }: { readonly path: Uint8Array }) => ({
      arrivedAtMs: Date.now(),
      containerId,
      path: Buffer.from(path).toString('latin1'),
    })
    for (const one of result.findings) {
      const source = fromWireNumber(SCAN_SOURCES, one.scanSource)
      if (source && trigger) findings.push({ ...common(one), signature: one.signatureName, source, trigger })
    }
    for (const one of result.coverage) {
      const reason = fromWireNumber(COVERAGE_REASONS, one.reason)
      if (reason) gaps.push({ ...common(one), reason, detail: one.detail })
    }
  }
  const answer = async (request: IncomingMessage) => {
    const body = await buffer(request)
    const url = request.url ?? ''
    if (request.method === 'GET' && url.endsWith('/scan/config')) return { status: 200, text: JSON.stringify(config) }
    // As a backend of an older version does: the node scans the layers of images alone.
    if (request.method === 'GET' || url.includes('/image-layers/')) return { status: 404, text: '' }
    if (url.endsWith('/pods/logs')) return { status: 200, text: '{"accepted":1,"duplicates":0}' }
    const decoded = decodeClamResults(gunzipSync(body))
    if (!decoded.ok) return { status: 400, text: decoded.message }
    decoded.value.results.forEach(add)
    return { status: 200, text: JSON.stringify({ accepted: decoded.value.results.length, duplicates: 0 }) }
  }
  const server = createServer((request, response) => {
    void answer(request).then(
      ({ status, text }) => response.writeHead(status, { etag: CONFIG_ETAG, [SCAN_CONFIG_HEADER]: CONFIG_ETAG }).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, findings, gaps, containerIds, close }
}

const CONFIG_ETAG = '"placements"'
