import type { ContainerInfoMessage, ScanTriggerName } from '@guardimesh/contracts'
import type { FileOutcome } from '../results/file-outcome.js'
import type { Reporter } from './reporter.js'

/** Reports the scan of one file. */
export async function reportFile(
  reporter: Reporter,
  scan: { readonly container: ContainerInfoMessage; readonly trigger: ScanTriggerName; readonly startedAtMs: number },
  outcome: FileOutcome,
  signal: AbortSignal,
): Promise<void> {
  const { findings, notScanned, isCached, bytesScanned } = outcome
  const counts = { filesScanned: isCached || notScanned ? 0 : 1, filesCached: isCached ? 1 : 0, bytesScanned }
  const lists = { findings, notScanned: notScanned ? [notScanned] : [] }
  await reporter.report({ ...scan, finishedAtMs: Date.now(), ...counts, ...lists }, { evenWhenClean: false, allCoverage: false }, signal)
}
