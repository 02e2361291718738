import { closeSync } from 'node:fs'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { MINUTE_MS } from '@guardimesh/contracts/units'
import type { EngineName } from '../../../engines/engine.js'
import { descriptorPath, openBeneath, openRegular, openRoot } from '../../../node/kernel.js'
import { KernelError } from '../../../node/libc.js'
import type { FileGap } from '../results/file-outcome.js'
import type { FileContext } from './retrying-scanner.js'

/** Waiting files of all containers, about 10 MB, and of one container, so that one cannot displace the others. */
const FILES_MAX = 10_000
const FILES_PER_CONTAINER = 2000
/** Files that stay open, for those that are removed before the engine answers. A file that stays open keeps its file system mounted. */
const DESCRIPTORS_MAX = 128
const DESCRIPTOR_MAX_AGE_MS = 5 * MINUTE_MS

/** A file whose verdict of one engine is missing. */
export interface DeferredFile {
  readonly container: ContainerInfoMessage
  readonly context: FileContext
  readonly awaits: readonly EngineName[]
  /** Coverage entries of the missing verdicts. */
  readonly gaps: readonly FileGap[]
  readonly sinceMs: number
  /** Scans that failed although the engine answered before. */
  readonly attempts: number
  /** True once its gaps are in the coverage. */
  isReported: boolean
  fd: number | undefined
}

/** `sinceMs` and `isReported` are those of a file that waits again. */
type NewFile = Omit<DeferredFile, 'fd' | 'sinceMs' | 'isReported'> & Partial<Pick<DeferredFile, 'sinceMs' | 'isReported'>>

/** Bounded list of deferred files; the latest scan of a path replaces an earlier one. */
export class DeferredFiles implements Disposable {
  readonly #hostRoot: string
  readonly #files = new Map<string, DeferredFile>()
  readonly #countByContainer = new Map<string, number>()
  #descriptors = 0

  /** @param hostRoot where the node's root is mounted. */
  constructor(hostRoot: string) {
    this.#hostRoot = hostRoot
  }

  get size(): number {
    return this.#files.size
  }

  all(): readonly DeferredFile[] {
    return [...this.#files.values()]
  }

  /**
   * Adds a file.
   *
   * @param fd the open file, which stays with the caller.
   * @returns false when the file cannot wait, because the list is full or it could not be opened again.
   */
  add(file: NewFile, fd: number | undefined): boolean {
    const { containerId } = file.container
    const key = keyOf(file)
    const { sinceMs = performance.now(), isReported = false } = this.#files.get(key) ?? {}
    this.#remove(key)
    const count = this.#countByContainer.get(containerId) ?? 0
    if (this.#files.size >= FILES_MAX || count >= FILES_PER_CONTAINER) return false
    const copy = fd === undefined || this.#descriptors >= DESCRIPTORS_MAX ? undefined : reopen(fd)
    if (copy === undefined && file.context.layer !== 'upperdir') return false
    if (copy !== undefined) this.#descriptors += 1
    this.#files.set(key, { sinceMs, isReported, ...file, fd: copy })
    this.#countByContainer.set(containerId, count + 1)
    return true
  }

  /**
   * Removes a file from the list and opens it.
   *
   * @returns a descriptor that the caller closes; undefined when the file is no longer in the list.
   * @throws KernelError when the file no longer exists.
   */
  takeOpened(file: DeferredFile): number | undefined {
    const { fd } = file
    if (this.#files.get(keyOf(file)) !== file) return undefined
    if (fd !== undefined) {
      file.fd = undefined
      this.#descriptors -= 1
    }
    this.#remove(keyOf(file))
    if (fd !== undefined) return fd
    const rootFd = openRoot(this.#hostRoot, file.container.upperdir)
    try {
      return openBeneath(rootFd, file.context.path)
    } finally {
      closeSync(rootFd)
    }
  }

  /** Closes files that have been open for long; they are opened by their path later. */
  closeOld(nowMs: number): void {
    for (const file of this.#files.values()) if (nowMs - file.sinceMs > DESCRIPTOR_MAX_AGE_MS) this.#close(file)
  }

  /** Removes the files of a container that has stopped. */
  removeAll(containerId: string): void {
    for (const [key, { container }] of this.#files) if (container.containerId === containerId) this.#remove(key)
  }

  [Symbol.dispose](): void {
    for (const key of [...this.#files.keys()]) this.#remove(key)
  }

  #remove(key: string): void {
    const file = this.#files.get(key)
    if (!file) return
    this.#close(file)
    this.#files.delete(key)
    const { containerId } = file.container
    const count = (this.#countByContainer.get(containerId) ?? 1) - 1
    if (count === 0) this.#countByContainer.delete(containerId)
    else this.#countByContainer.set(containerId, count)
  }

  #close(file: DeferredFile): void {
    if (file.fd === undefined) return
    closeSync(file.fd)
    file.fd = undefined
    this.#descriptors -= 1
  }
}

function keyOf({ container, context }: Pick<DeferredFile, 'container' | 'context'>): string {
  return `${container.containerId} ${context.layer} ${context.path.toString('latin1')}`
}

function reopen(fd: number): number | undefined {
  try {
    return openRegular(descriptorPath(fd))
  } catch (error) {
    if (error instanceof KernelError) return undefined
    throw error
  }
}
