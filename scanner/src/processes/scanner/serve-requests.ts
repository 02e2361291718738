import type { Server } from 'node:net'
import { type ContainerInfoMessage, type Draft, messages } from '@guardimesh/contracts/messages'
import { GuardError, type Logger, serveUnixSocket } from '@guardimesh/kit'
import { requireOwnUid } from '../../node/peer-credentials.js'
import { podIdentity } from './reporting/build-result.js'
import type { ScanTally } from './results/scan-tally.js'
import type { ScanQueue } from './scans/scan-queue.js'
import type { ScannerStatusStore } from './status/scanner-status.js'

export interface RequestParts {
  readonly socketPath: string
  readonly log: Logger
  readonly status: ScannerStatusStore
  readonly queue: ScanQueue
  readonly containers: () => Iterable<ContainerInfoMessage>
}

type Request = ReturnType<typeof messages.ScannerRequest.decode>
type Answer = Draft<'ScannerResponse'>

/** Serves `scanner.sock`: scans on request with progress, and the status. */
export function serveRequests(parts: RequestParts): Promise<Server> {
  return serveUnixSocket<Request, Answer>({
    socketPath: parts.socketPath,
    log: parts.log,
    request: messages.ScannerRequest,
    answer: messages.ScannerResponse,
    checkPeer: requireOwnUid(),
    handle: async (request, send, signal) => {
      const { requestId } = request
      if (request.getStatus) return send({ requestId, status: parts.status.local() })
      if (!request.scanNow) throw new GuardError('FRAME_INVALID', 'unknown request')
      await scanNow(parts, request.scanNow, (progress) => send({ requestId, progress }), signal)
    },
  })
}

type ScanFilter = NonNullable<Request['scanNow']>

async function scanNow(
  parts: RequestParts,
  filter: ScanFilter,
  send: (progress: Draft<'ScanProgress'>) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const chosen = [...parts.containers()].filter((container) => matchesFilter(container, filter))
  if (chosen.length === 0) throw new GuardError('CONTAINER_NOT_FOUND', 'no running container on this node matches the request')
  let remaining = chosen.length
  const ignoreCache = filter.ignoreCache ?? false
  await Promise.all(
    chosen.map(async (container) => {
      const queuedAtMs = performance.now()
      const tally = await parts.queue.add({ container, trigger: 'on_request', ignoreCache })
      remaining -= 1
      // The client may have disconnected; the scan itself is reported to the backend.
      if (!signal.aborted) await send(progressOf(container, tally, remaining, Math.round((performance.now() - queuedAtMs) * 1000)))
    }),
  )
  if (!signal.aborted) await send({ done: true })
}

/** Returns true when a container matches by id prefix or name, by pod, and by namespace. Pure. */
function matchesFilter(container: ContainerInfoMessage, { containerId, podName, namespace }: ScanFilter): boolean {
  const isEqual = (value: string, wanted: string | null | undefined) => !wanted || value === wanted
  const isContainer = !containerId || container.containerId.startsWith(containerId) || container.containerName === containerId
  return isContainer && isEqual(podIdentity(container).podName, podName) && isEqual(container.namespace, namespace)
}

function progressOf(container: ContainerInfoMessage, tally: ScanTally, remaining: number, durationUs: number): Draft<'ScanProgress'> {
  return {
    ...tally.counts,
    containerId: container.containerId,
    podName: podIdentity(container).podName,
    findings: tally.findings,
    filesNotScanned: tally.filesNotScanned,
    tookUs: durationUs,
    remaining,
  }
}
