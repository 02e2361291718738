import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import type { FileIdentity } from '../../../node/file-identity.js'
import { unpooled } from '../../../node/unpooled.js'
import type { ProcessFacts } from '../../../sources/found-file.js'
import { AFTER_SCAN_DELAY_MS, FIRST_RECHECK, type RecheckProgress } from './recheck-schedule.js'

/** State of a file when it was scanned. Its device and inode differ between the overlay and the upper directory. */
export type ScannedState = Pick<FileIdentity, 'changedAtNs' | 'sizeBytes'>

/** A file of a container that may change without an event. */
export interface RememberedFile {
  readonly container: ContainerInfoMessage
  /** "upperdir" or "volume:<destination>". */
  readonly layer: string
  readonly path: Buffer
  /** Inode on the overlay or volume; after the first check, that of the layer's folder. */
  readonly inode: bigint
  /** Undefined when it was not scanned yet. */
  readonly scanned: ScannedState | undefined
  /** The process that wrote it. */
  readonly process: ProcessFacts | undefined
}

export interface RecheckEntry extends RememberedFile, RecheckProgress {
  readonly hadWriters: boolean
  readonly dueAtMs: number
}

/** Files beyond these limits are found by the walk for changed files. */
const MAX_FILES_PER_CONTAINER = 256
const MAX_FILES = 8192

/** Remembers files until nobody can write to them any more. Bounded; a container that writes many files uses up only its own places. */
export class RecheckBook {
  readonly #entries = new Map<string, RecheckEntry>()
  readonly #counts = new Map<string, number>()

  get size(): number {
    return this.#entries.size
  }

  has(file: Pick<RememberedFile, 'container' | 'layer' | 'path'>): boolean {
    return this.#entries.has(keyOf(file))
  }

  /** Remembers a file that was scanned now, and starts its checks again. */
  addScanned(file: RememberedFile, nowMs: number): void {
    const known = this.#entries.get(keyOf(file))
    this.#add({ ...file, process: file.process ?? known?.process }, nowMs + AFTER_SCAN_DELAY_MS)
  }

  /** Remembers a file that is to be checked soon. The checks of a file that changes all the time keep their pace. */
  addChanged(file: RememberedFile, nowMs: number): void {
    const known = this.#entries.get(keyOf(file))
    if (!known) this.#add(file, nowMs + FIRST_RECHECK.delayMs)
    else if (known.changes === 0) this.#set({ ...known, quietChecks: 0, dueAtMs: Math.min(known.dueAtMs, nowMs + FIRST_RECHECK.delayMs) })
  }

  /** Removes and returns the files that are due. */
  takeDue(nowMs: number, max: number): readonly RecheckEntry[] {
    const due: RecheckEntry[] = []
    for (const entry of this.#entries.values()) {
      if (due.length >= max) break
      if (entry.dueAtMs <= nowMs) due.push(entry)
    }
    for (const entry of due) this.#remove(entry)
    return due
  }

  /** Returns a file from `takeDue` to the book. A newer entry for the same path is kept. */
  putBack(entry: RecheckEntry): void {
    if (!this.has(entry) && this.#hasPlace(entry)) this.#set(entry)
  }

  /** True when a file was scanned in this state. */
  isScanned(file: Pick<RememberedFile, 'container' | 'layer' | 'path'>, { changedAtNs, sizeBytes }: ScannedState): boolean {
    const scanned = this.#entries.get(keyOf(file))?.scanned
    return scanned?.changedAtNs === changedAtNs && scanned.sizeBytes === sizeBytes
  }

  forgetContainer(containerId: string): void {
    for (const entry of [...this.#entries.values()]) if (entry.container.containerId === containerId) this.#remove(entry)
  }

  #add(file: RememberedFile, dueAtMs: number): void {
    const { quietChecks, changes } = FIRST_RECHECK
    const entry = { ...file, path: unpooled(file.path), quietChecks, changes, hadWriters: false, dueAtMs }
    if (this.has(entry) || this.#hasPlace(entry)) this.#set(entry)
  }

  #hasPlace({ container }: RememberedFile): boolean {
    return this.size < MAX_FILES && (this.#counts.get(container.containerId) ?? 0) < MAX_FILES_PER_CONTAINER
  }

  #set(entry: RecheckEntry): void {
    const { containerId } = entry.container
    if (!this.has(entry)) this.#counts.set(containerId, (this.#counts.get(containerId) ?? 0) + 1)
    this.#entries.set(keyOf(entry), entry)
  }

  #remove(entry: RecheckEntry): void {
    if (!this.#entries.delete(keyOf(entry))) return
    const { containerId } = entry.container
    const count = (this.#counts.get(containerId) ?? 0) - 1
    if (count > 0) this.#counts.set(containerId, count)
    else this.#counts.delete(containerId)
  }
}

function keyOf({ container, layer, path }: Pick<RememberedFile, 'container' | 'layer' | 'path'>): string {
  return `${container.containerId} ${layer} ${path.toString('latin1')}`
}
