import { join } from 'node:path'
import { HOUR_MS, messages } from '@guardimesh/contracts'
import { sleep, UnixSocketClient } from '@guardimesh/kit'

const IDLE_POLL_MS = 100
const IDLE_POLLS = 10

/** Outcome of one scan of one container. */
export interface ScanOutcome {
  readonly durationMs: number
  readonly filesScanned: number
  readonly filesCached: number
  readonly bytesScanned: number
  readonly filesNotScanned: number
}

function createScannerClient(runFolder: string) {
  return new UnixSocketClient({
    socketPath: join(runFolder, 'scanner/scanner.sock'),
    request: messages.ScannerRequest,
    answer: messages.ScannerResponse,
    timeoutMs: HOUR_MS,
  })
}

/** Requests a scan of a container and waits for it. @throws Error if the scanner rejects the request or reports no progress. */
export async function scanNow(runFolder: string, containerId: string, ignoreCache: boolean): Promise<ScanOutcome> {
  using scanner = createScannerClient(runFolder)
  let outcome: ScanOutcome | undefined
  await scanner.stream(
    { scanNow: { containerId, ignoreCache } },
    ({ progress }) => {
      if (progress?.containerId === containerId) {
        outcome = {
          durationMs: (progress.tookUs ?? 0) / 1000,
          filesScanned: progress.filesScanned ?? 0,
          filesCached: progress.filesCached ?? 0,
          bytesScanned: progress.bytesScanned ?? 0,
          filesNotScanned: progress.filesNotScanned ?? 0,
        }
      }
      return !progress?.done
    },
    new AbortController().signal,
  )
  if (!outcome) throw new Error(`the scanner reported no progress for container ${containerId}`)
  return outcome
}

/** Waits until the scan queue has been empty for a second. */
export async function waitUntilIdle(runFolder: string): Promise<void> {
  using scanner = createScannerClient(runFolder)
  for (let idlePolls = 0; idlePolls < IDLE_POLLS; await sleep(IDLE_POLL_MS)) {
    const { status } = await scanner.ask({ getStatus: {} })
    idlePolls = status?.queueLength === 0 ? idlePolls + 1 : 0
  }
}
