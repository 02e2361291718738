import type { Server } from 'node:net'
import { type ContainerInfoMessage, type Draft, messages } from '@guardimesh/contracts'
import { GuardError, type Logger, serveUnixSocket } from '@guardimesh/kit'
import { podIdentity } from './reporting/build-result.js'
import type { ScannerStatusStore } from './status/scanner-status.js'
import type { ScanQueue } from './scans/scan-queue.js'
import type { ScanTally } from './results/scan-tally.js'

export interface RequestParts {
  readonly socketPath: string
  readonly log: Logger
  readonly status: ScannerStatusStore
  readonly queue: ScanQueue
  readonly containers: () => Iterable<ContainerInfoMessage>
}

type Request = ReturnType<typeof messages.ScannerRequest.decode>
type Answer = Draft<'ScannerResponse'>

/** Serves `scanner.sock`: scan now, with progress, and status. */
export function serveRequests(parts: RequestParts): Promise<Server> {
  return serveUnixSocket<Request, Answer>({
    socketPath: parts.socketPath,
    log: parts.log,
    request: messages.ScannerRequest,
    answer: messages.ScannerResponse,
    handle: async (request, send, signal) => {
      const { requestId } = request
      if (request.getStatus) return send({ requestId, status: parts.status.local() })
      if (!request.scanNow) throw new GuardError('FRAME_INVALID', 'the question is none that the scanner knows')
      await scanNow(parts, request.scanNow, (progress) => send({ requestId, progress }), signal)
    },
  })
}

type Wanted = NonNullable<Request['scanNow']>

async function scanNow(
  parts: RequestParts,
  wanted: Wanted,
  send: (progress: Draft<'ScanProgress'>) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const chosen = [...parts.containers()].filter((container) => isWanted(container, wanted))
  if (chosen.length === 0) throw new GuardError('CONTAINER_NOT_FOUND', 'no running container of this node is like that')
  let remaining = chosen.length
  const ignoreCache = wanted.ignoreCache ?? false
  await Promise.all(
    chosen.map(async (container) => {
      const queuedAtMs = performance.now()
      const tally = await parts.queue.add({ container, trigger: 'on_request', ignoreCache })
      remaining -= 1
      // Whoever asked may have left; the scan is reported all the same.
      if (!signal.aborted) await send(progressOf(container, tally, remaining, Math.round((performance.now() - queuedAtMs) * 1000)))
    }),
  )
  if (!signal.aborted) await send({ done: true })
}

/** Whether a container is asked for: by a beginning of its id, its pod, its namespace. Pure. */
export function isWanted(container: ContainerInfoMessage, { containerId, podName, namespace }: Wanted): boolean {
  const isLike = (value: string, filter: string | null | undefined) => !filter || value === filter
  const isContainer = !containerId || container.containerId.startsWith(containerId) || container.containerName === containerId
  return isContainer && isLike(podIdentity(container).podName, podName) && isLike(container.namespace, namespace)
}

function progressOf(container: ContainerInfoMessage, tally: ScanTally, remaining: number, tookUs: number): Draft<'ScanProgress'> {
  return {
    ...tally.counts,
    containerId: container.containerId,
    podName: podIdentity(container).podName,
    findings: tally.findings,
    filesNotScanned: tally.filesNotScanned,
    tookUs,
    remaining,
  }
}
