import { join } from 'node:path'
import { HOUR_MS, messages } from '@guardimesh/contracts'
import { sleep, UnixSocketClient } from '@guardimesh/kit'

const IDLE_POLL_MS = 100
const IDLE_POLLS = 10

/** What one scan of one container came to. */
export interface ScanOutcome {
  readonly tookMs: number
  readonly filesScanned: number
  readonly filesCached: number
  readonly bytesScanned: number
  readonly filesNotScanned: number
}

function scannerClient(runFolder: string) {
  return new UnixSocketClient({
    socketPath: join(runFolder, 'scanner.sock'),
    request: messages.ScannerRequest,
    answer: messages.ScannerResponse,
    timeoutMs: HOUR_MS,
  })
}

/** Requests a scan of a container. @throws Error when the scanner rejects it or reports nothing about the container. */
export async function scanNow(runFolder: string, containerId: string, ignoreCache: boolean): Promise<ScanOutcome> {
  using scanner = scannerClient(runFolder)
  let outcome: ScanOutcome | undefined
  await scanner.stream(
    { scanNow: { containerId, ignoreCache } },
    ({ progress }) => {
      if (progress?.containerId === containerId) {
        outcome = {
          tookMs: (progress.tookUs ?? 0) / 1000,
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
  if (!outcome) throw new Error(`the scanner reported nothing about container ${containerId}`)
  return outcome
}

/** Waits until no file has waited for an engine for a second. */
export async function untilIdle(runFolder: string): Promise<void> {
  using scanner = scannerClient(runFolder)
  for (let quietPolls = 0; quietPolls < IDLE_POLLS; await sleep(IDLE_POLL_MS)) {
    const { status } = await scanner.ask({ getStatus: {} })
    quietPolls = status?.queueLength === 0 ? quietPolls + 1 : 0
  }
}
