import { closeSync } from 'node:fs'
import type { ScanSourceName } from '@guardimesh/contracts/detection/scan-source'
import { MINUTE_MS } from '@guardimesh/contracts/units'
import { type FileStat, statNamed, statOpened } from '../node/file-stat.js'
import { readEntryNames } from '../node/folder-entries.js'
import { openBeneath, openEntry } from '../node/kernel.js'
import { KernelError } from '../node/libc.js'
import { type FoundFile, notScanned, type SourceItem } from './found-file.js'
import { openFailureReason } from './open-failure-reason.js'

/** Limits of a walk. Remaining files are reported as `budget_exhausted`. */
export interface WalkLimits {
  readonly maxEntries: number
  readonly maxDepth: number
  readonly maxDurationMs: number
}

/** A million files are ordinary; this many are an attack on the scanner. Deeper folders soon exceed PATH_MAX. */
export const WALK_LIMITS: WalkLimits = { maxEntries: 5_000_000, maxDepth: 1024, maxDurationMs: 30 * MINUTE_MS }

export interface WalkOptions {
  /** Folder to walk, from `openRoot`, `openMount` or `openBeneath`. It must stay open until the last file was opened. */
  readonly rootFd: number
  /** Path of the folder in the container: "/" for its root. */
  readonly mountedAt: Buffer
  readonly layer: string
  readonly scanSource: ScanSourceName
  readonly limits?: WalkLimits
  /**
   * True for a tree in which a container may mount file systems during the walk: entries are opened without crossing a mount before any other
   * call, which the server of such a file system might never answer. Nested mounts are left out then; the caller handles each on its own.
   */
  readonly hasNestedMounts?: boolean
}

interface Folder {
  /** Relative to the root, without a leading slash; empty for the root. */
  readonly path: Buffer
  readonly depth: number
}

const SLASH = Buffer.from('/')

/**
 * Walks a folder with untrusted content: follows no links, opens only folders and regular files, and never enters another mount. It is a lazy generator, so
 * the consumer controls how long it blocks the event loop.
 */
export function* walkTree(options: WalkOptions): Generator<SourceItem> {
  const walk = new Walk(options)
  for (let folder = walk.next(); folder; folder = walk.next()) yield* walk.folder(folder)
  yield* walk.rest()
}

class Walk {
  readonly #options: WalkOptions
  readonly #limits: WalkLimits
  readonly #folders: Folder[] = [{ path: Buffer.alloc(0), depth: 0 }]
  readonly #endsAtMs: number
  #device: bigint | undefined
  #entries = 0
  #exhausted: string | undefined

  constructor(options: WalkOptions) {
    this.#options = options
    this.#limits = options.limits ?? WALK_LIMITS
    this.#endsAtMs = Date.now() + this.#limits.maxDurationMs
  }

  next(): Folder | undefined {
    return this.#exhausted === undefined ? this.#folders.pop() : undefined
  }

  *folder(folder: Folder): Generator<SourceItem> {
    let folderFd: number | undefined
    try {
      folderFd = openBeneath(this.#options.rootFd, folder.path, 'folder')
      for (let names = readEntryNames(folderFd); names; names = readEntryNames(folderFd))
        for (const name of names) {
          if (this.#isExhausted()) return
          const item = this.#entry(folder, folderFd, name)
          if (item) yield item
        }
    } catch (error) {
      const { reason, detail } = openFailureReason(error)
      yield notScanned(reason, this.#containerPath(folder.path), `folder: ${detail}`)
    } finally {
      if (folderFd !== undefined) closeSync(folderFd)
    }
  }

  /** Yields one entry for everything that was not walked. */
  *rest(): Generator<SourceItem> {
    if (this.#exhausted === undefined) return
    const detail = `stopped after ${this.#entries} entries: ${this.#exhausted}; ${this.#folders.length} folders were not scanned`
    yield notScanned('budget_exhausted', this.#containerPath(Buffer.alloc(0)), detail)
  }

  /** @param terminatedName name with its terminating zero byte. */
  #entry(folder: Folder, folderFd: number, terminatedName: Buffer): SourceItem | undefined {
    this.#entries += 1
    const name = terminatedName.subarray(0, -1)
    let stat: FileStat
    try {
      stat = this.#options.hasNestedMounts ? statWithoutCrossing(folderFd, name) : statNamed(folderFd, terminatedName)
    } catch (error) {
      if (this.#options.hasNestedMounts && error instanceof KernelError && error.errno === 'EXDEV') return undefined
      const { reason, detail } = openFailureReason(error)
      return notScanned(reason, this.#containerPath(joinPath(folder.path, name)), detail)
    }
    this.#device ??= stat.identity.device
    if (stat.kind === 'regular') return { kind: 'file', file: new WalkedFile(this.#options, folder.path, name, stat) }
    if (stat.kind === 'directory') return this.#subfolder(joinPath(folder.path, name), folder.depth + 1, stat)
    return isWhiteout(stat) ? undefined : notScanned('not_regular', this.#containerPath(joinPath(folder.path, name)), stat.kind)
  }

  #subfolder(path: Buffer, depth: number, stat: FileStat): SourceItem | undefined {
    if (!this.#options.hasNestedMounts && stat.identity.device !== this.#device)
      return notScanned('outside_container', this.#containerPath(path), 'another file system is mounted here')
    if (depth > this.#limits.maxDepth)
      return notScanned('budget_exhausted', this.#containerPath(path), `deeper than ${this.#limits.maxDepth} folders`)
    this.#folders.push({ path, depth })
    return undefined
  }

  #isExhausted(): boolean {
    if (this.#entries >= this.#limits.maxEntries) this.#exhausted ??= `the limit is ${this.#limits.maxEntries}`
    // Reads the clock rarely, because it costs more than an entry.
    else if (this.#entries % 256 === 255 && Date.now() > this.#endsAtMs) this.#exhausted ??= `the limit is ${this.#limits.maxDurationMs} ms`
    return this.#exhausted !== undefined
  }

  #containerPath(path: Buffer): Buffer {
    return containerPath(this.#options.mountedAt, path)
  }
}

/** A file of a walk. Its path is built on access, because cached files do not need it. */
class WalkedFile implements FoundFile {
  readonly stat: FileStat
  readonly #options: WalkOptions
  readonly #folder: Buffer
  readonly #name: Buffer

  constructor(options: WalkOptions, folder: Buffer, name: Buffer, stat: FileStat) {
    this.stat = stat
    this.#options = options
    this.#folder = folder
    this.#name = name
  }

  get layer(): string {
    return this.#options.layer
  }

  get scanSource(): ScanSourceName {
    return this.#options.scanSource
  }

  get path(): Buffer {
    return containerPath(this.#options.mountedAt, joinPath(this.#folder, this.#name))
  }

  open(): number {
    return openBeneath(this.#options.rootFd, joinPath(this.#folder, this.#name))
  }
}

function statWithoutCrossing(folderFd: number, name: Buffer): FileStat {
  const fd = openEntry(folderFd, name)
  try {
    return statOpened(fd)
  } finally {
    closeSync(fd)
  }
}

function joinPath(folder: Buffer, name: Buffer): Buffer {
  return folder.length === 0 ? name : Buffer.concat([folder, SLASH, name])
}

/** Builds the path in the container. */
function containerPath(mountedAt: Buffer, path: Buffer): Buffer {
  if (path.length === 0) return mountedAt
  return mountedAt.at(-1) === SLASH[0] ? Buffer.concat([mountedAt, path]) : Buffer.concat([mountedAt, SLASH, path])
}

/** True for the marker of overlayfs for a deleted file of the image, which is invisible in the container. */
function isWhiteout(stat: FileStat): boolean {
  return stat.kind === 'character-device' && stat.deviceNumber === 0n
}
