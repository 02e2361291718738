import { join } from 'node:path'
import { MINUTE_MS, messages } from '@guardimesh/contracts'
import { UnixSocketClient } from '@guardimesh/kit'
import { waitFor } from '../src/wait-for.js'
import type { TestStack } from './harness.js'

type Request = Parameters<typeof messages.ScannerRequest.encode>[0]
type Answer = ReturnType<typeof messages.ScannerResponse.decode>
type Wanted = Omit<NonNullable<Request['scanNow']>, 'toJSON'>

/** What one scan of one container did. */
export interface ScanCounts {
  readonly filesScanned: number
  readonly filesCached: number
  readonly filesNotScanned: number
  readonly findings: number
}

/** Has the containers of one pod scanned now, as the local command does. @returns the sums, when the scan is done. */
export async function scanNow(stack: TestStack, wanted: Wanted): Promise<ScanCounts> {
  using client = clientOf(stack)
  const counts = { filesScanned: 0, filesCached: 0, filesNotScanned: 0, findings: 0 }
  const onAnswer = ({ progress }: Answer): boolean => {
    if (!progress || progress.done) return false
    counts.filesScanned += Number(progress.filesScanned)
    counts.filesCached += Number(progress.filesCached)
    counts.filesNotScanned += Number(progress.filesNotScanned)
    counts.findings += progress.findings ?? 0
    return true
  }
  await client.stream({ scanNow: wanted }, onAnswer, new AbortController().signal)
  return counts
}

/** Reads the status of the scanner. @throws GuardError PEER_DISCONNECTED while it is not running. */
export async function scannerStatus(stack: TestStack): Promise<NonNullable<Answer['status']>> {
  using client = clientOf(stack)
  const { status } = await client.ask({ getStatus: {} })
  if (!status) throw new Error('the scanner answered something else')
  return status
}

/** Waits until the scanner has scanned all known containers and the backend has all results. */
export function untilScannerIsIdle(stack: TestStack, timeoutMs: number): Promise<void> {
  return waitFor(async () => {
    const { queueLength, spoolResults } = await scannerStatus(stack)
    if (Number(queueLength) + Number(spoolResults) > 0) throw new Error(`${queueLength} files and ${spoolResults} results wait`)
  }, timeoutMs)
}

function clientOf(stack: TestStack) {
  return new UnixSocketClient<Request, Answer>({
    socketPath: join(stack.env.folders.run, 'scanner.sock'),
    request: messages.ScannerRequest,
    answer: messages.ScannerResponse,
    timeoutMs: MINUTE_MS,
  })
}
