import type { ScanTriggerName } from '@guardimesh/contracts/detection/scan-source'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import type { FileOutcome } from '../results/file-outcome.js'
import type { Reporter } from './reporter.js'

/** Reports the scan of one file. */
export async function reportFile(
  reporter: Reporter,
  scan: { readonly container: ContainerInfoMessage; readonly trigger: ScanTriggerName; readonly startedAtMs: number },
  outcome: FileOutcome,
  signal: AbortSignal,
): Promise<void> {
  const { findings, gaps, isCached, bytesScanned } = outcome
  const isScanned = gaps.length === 0 && outcome.seen !== undefined
  const counts = { filesScanned: isScanned && !isCached ? 1 : 0, filesCached: isScanned && isCached ? 1 : 0, bytesScanned }
  const lists = { findings, notScanned: gaps }
  await reporter.report({ ...scan, finishedAtMs: Date.now(), ...counts, ...lists }, { evenWhenClean: false, allCoverage: false }, signal)
}
