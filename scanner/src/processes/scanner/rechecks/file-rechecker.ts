import { closeSync } from 'node:fs'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { background, type Logger, sleep } from '@guardimesh/kit'
import { type FileStat, statOpened } from '../../../node/file-stat.js'
import { openBeneath } from '../../../node/kernel.js'
import { KernelError } from '../../../node/libc.js'
import { hasWriters } from '../../../node/writers.js'
import { findName } from '../../../sources/file-name.js'
import { type LayerFolder, openLayerFolder } from '../../../sources/layer-folder.js'
import { reportFile } from '../reporting/report-file.js'
import type { Reporter } from '../reporting/reporter.js'
import type { Sightings } from '../reporting/sightings.js'
import { ContainerShares } from '../scans/container-shares.js'
import type { DeferredScans } from '../scans/deferred-scans.js'
import type { RetryingScanner } from '../scans/retrying-scanner.js'
import type { RecheckBook, RecheckEntry, RememberedFile } from './recheck-book.js'
import { mayHaveChangedUnseen, nextRecheck } from './recheck-schedule.js'

export interface FileRecheckerOptions {
  readonly hostRoot: string
  readonly book: RecheckBook
  readonly files: RetryingScanner
  readonly deferredScans: DeferredScans
  readonly reporter: Reporter
  readonly sightings: Sightings
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
  readonly signal: AbortSignal
}

const ROUND_MS = SECOND_MS / 4
/** A check takes 0.05 ms. */
const CHECKS_PER_ROUND = 100
/** Each holds a descriptor. */
const MAX_CONCURRENT_SCANS = 64

interface Check {
  readonly entry: RecheckEntry
  readonly fd: number
  readonly stat: FileStat
  readonly hasChanged: boolean
  readonly hasWriters: boolean
}

/**
 * Checks remembered files until nobody can write to them any more, and scans those that have changed. Finds content that raises no event:
 * written through a mapping after the close, or into a file that stays open.
 */
export class FileRechecker {
  readonly #options: FileRecheckerOptions
  readonly #shares: ContainerShares
  #active = 0

  constructor(options: FileRecheckerOptions) {
    this.#options = options
    this.#shares = new ContainerShares(() => options.scanConfig().budgets.concurrentScans)
  }

  /** Checks files until the signal is aborted. */
  async run(): Promise<void> {
    const { signal, book } = this.#options
    while (!signal.aborted) {
      await sleep(ROUND_MS, signal)
      if (signal.aborted) return
      const max = Math.min(CHECKS_PER_ROUND, MAX_CONCURRENT_SCANS - this.#active)
      if (max > 0) this.#checkAll(book.takeDue(performance.now(), max))
    }
  }

  #checkAll(due: readonly RecheckEntry[]): void {
    for (const entries of Map.groupBy(due, ({ container, layer }) => `${container.containerId} ${layer}`).values()) {
      const [{ container, layer }] = entries as [RecheckEntry]
      // The container or the file has gone: there is nothing left that could be read.
      ignoreKernelErrors(() => {
        using folder = openLayerFolder(this.#options.hostRoot, container, layer)
        for (const entry of entries) ignoreKernelErrors(() => this.#check(folder, entry))
      })
    }
  }

  /** @throws KernelError */
  #check(folder: LayerFolder, known: RecheckEntry): void {
    const opened = openEntry(folder, known)
    if (!opened) return
    const { entry, fd } = opened
    let isScanned = false
    try {
      const stat = statOpened(fd)
      const { changedAtNs, sizeBytes } = stat.identity
      const hasChanged = entry.scanned?.changedAtNs !== changedAtNs || entry.scanned.sizeBytes !== sizeBytes
      const check = { entry, fd, stat, hasChanged, hasWriters: hasWriters(fd) }
      isScanned = hasChanged || mayHaveChangedUnseen(entry, check.hasWriters, entry.hadWriters)
      if (isScanned) this.#startScan(check)
      else this.#scheduleNext(check, entry.scanned)
    } finally {
      if (!isScanned) closeSync(fd)
    }
  }

  #startScan(check: Check): void {
    const { log, signal } = this.#options
    this.#active += 1
    const work = this.#shares
      .run(check.entry.container.containerId, () => this.#scan(check))
      .finally(() => {
        this.#active -= 1
        closeSync(check.fd)
      })
    const unlessStopped = (error: unknown) => {
      if (!signal.aborted) throw error
    }
    background(log, 'scan of a changed file', work.catch(unlessStopped))
  }

  async #scan(check: Check): Promise<void> {
    const { files, deferredScans, sightings, reporter, signal } = this.#options
    const { container, layer, path, process } = check.entry
    // Another state than that of the check, if it waited for other scans.
    const stat = statOpened(check.fd)
    const context = { path, layer, process, stat, scanSource: 'realtime' } as const
    const startedAtMs = Date.now()
    const outcome = await files.scanOpened(check.fd, context, { patience: 'brief' }, signal)
    if (outcome.seen) sightings.note(container, context, outcome.seen)
    // A file that changes during its scan is scanned again by the next check, so this is no gap.
    const isChanging = outcome.gaps.some(({ reason }) => reason === 'changed_while_scanned')
    this.#scheduleNext({ ...check, hasChanged: check.hasChanged || isChanging }, isChanging ? undefined : stat.identity)
    const gaps = isChanging ? [] : deferredScans.add({ container, context, outcome, fd: check.fd })
    if (outcome.findings.length > 0 || gaps.length > 0)
      await reportFile(reporter, { container, trigger: 'recheck', startedAtMs }, { ...outcome, gaps }, signal)
  }

  #scheduleNext({ entry, stat, hasChanged, hasWriters }: Check, scanned: RememberedFile['scanned']): void {
    const next = nextRecheck(entry, { hasChanged, hasWriters, sizeBytes: Number(stat.identity.sizeBytes) })
    if (!next) return
    const { delayMs, ...progress } = next
    const { inode } = stat.identity
    this.#options.book.putBack({ ...entry, ...progress, inode, scanned, hadWriters: hasWriters, dueAtMs: performance.now() + delayMs })
  }
}

/** Opens a remembered file, under its new name when it was renamed within its folder. @throws KernelError */
function openEntry(folder: LayerFolder, entry: RecheckEntry): { readonly entry: RecheckEntry; readonly fd: number } | undefined {
  const path = folder.relative(entry.path)
  if (!path) return undefined
  try {
    return { entry, fd: openBeneath(folder.fd, path) }
  } catch (error) {
    if (!(error instanceof KernelError) || error.errno !== 'ENOENT') throw error
    const renamed = findName(folder, entry.path, { inode: entry.inode, ...(entry.scanned ?? NEVER_SCANNED) })
    const newPath = renamed && folder.relative(renamed)
    // Verdicts depend on the name.
    return renamed && newPath && { entry: { ...entry, path: renamed, scanned: undefined }, fd: openBeneath(folder.fd, newPath) }
  }
}

const NEVER_SCANNED = { changedAtNs: -1n, sizeBytes: -1n }

function ignoreKernelErrors(run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof KernelError)) throw error
  }
}
