import { join } from 'node:path'
import { MINUTE_MS, messages } from '@guardimesh/contracts'
import { UnixSocketClient } from '@guardimesh/kit'
import { waitFor } from '../src/wait-for.js'
import type { TestStack } from './harness.js'

type Request = Parameters<typeof messages.ScannerRequest.encode>[0]
type Answer = ReturnType<typeof messages.ScannerResponse.decode>
type ScanSelection = Omit<NonNullable<Request['scanNow']>, 'toJSON'>

/** Counters of a scan. */
export interface ScanCounts {
  readonly filesScanned: number
  readonly filesCached: number
  readonly filesNotScanned: number
  readonly findings: number
}

/** Requests a scan as the local command does, and waits for it. @returns the sums over all containers. */
export async function scanNow(stack: TestStack, selection: ScanSelection): Promise<ScanCounts> {
  using client = createClient(stack)
  const counts = { filesScanned: 0, filesCached: 0, filesNotScanned: 0, findings: 0 }
  const onAnswer = ({ progress }: Answer): boolean => {
    if (!progress || progress.done) return false
    counts.filesScanned += Number(progress.filesScanned)
    counts.filesCached += Number(progress.filesCached)
    counts.filesNotScanned += Number(progress.filesNotScanned)
    counts.findings += progress.findings ?? 0
    return true
  }
  await client.stream({ scanNow: selection }, onAnswer, new AbortController().signal)
  return counts
}

/** Reads the scanner's status. @throws Error while it is not running. */
export async function readScannerStatus(stack: TestStack): Promise<NonNullable<Answer['status']>> {
  using client = createClient(stack)
  const { status } = await client.ask({ getStatus: {} })
  if (!status) throw new Error('the scanner returned no status')
  return status
}

/** Waits until the scan queue is empty and the backend has received all results. */
export function waitUntilScannerIsIdle(stack: TestStack, timeoutMs: number): Promise<void> {
  return waitFor(async () => {
    const { queueLength, spoolResults } = await readScannerStatus(stack)
    if (Number(queueLength) + Number(spoolResults) > 0) throw new Error(`${queueLength} files and ${spoolResults} results are pending`)
  }, timeoutMs)
}

function createClient(stack: TestStack) {
  return new UnixSocketClient<Request, Answer>({
    socketPath: join(stack.env.folders.run, 'scanner/scanner.sock'),
    request: messages.ScannerRequest,
    answer: messages.ScannerResponse,
    timeoutMs: MINUTE_MS,
  })
}
