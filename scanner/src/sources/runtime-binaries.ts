import { randomInt } from 'node:crypto'
import { closeSync, readSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { SECOND_MS } from '@guardimesh/contracts/units'
import { LRUCache } from 'lru-cache'
import type { HashPool } from '../engines/hash-pool.js'
import { statOpened } from '../node/file-stat.js'
import { openRegular, resolveOnHost } from '../node/kernel.js'
import { KernelError } from '../node/libc.js'
import { readLink } from '../node/proc-files.js'

const NAMES = ['runc', 'crun', 'youki'] as const
const FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin', '/opt/bin', '/usr/libexec/crio']
/** Contents that are compared in full per second: hashing a runtime takes 10 ms, and an exec probe of a container can start one every second. */
const FULL_COMPARISONS_PER_SECOND = 4
const SAMPLES = 64
const SAMPLE_BYTES = 4096

/** Recognizes the programs of container runtimes by their content: a container can choose any name. */
export class RuntimeBinaries {
  readonly #hostRoot: string
  readonly #hashes: HashPool
  readonly #hashOf = new LRUCache<string, string>({ max: 1000 })
  #second = 0
  #comparisons = 0

  constructor(hostRoot: string, hashes: HashPool) {
    this.#hostRoot = hostRoot
    this.#hashes = hashes
  }

  /**
   * True when an open file has the content of a runtime that is installed on the node.
   *
   * @param parentPid parent of the process that runs it: the runtime, or the shim in whose folder it is.
   */
  async contains(fd: number, parentPid: number): Promise<boolean> {
    for (const path of this.#candidates(parentPid)) {
      const runtimeFd = this.#open(path)
      if (runtimeFd === undefined) continue
      try {
        if (await this.#isSame(fd, runtimeFd)) return true
      } finally {
        closeSync(runtimeFd)
      }
    }
    return false
  }

  *#candidates(parentPid: number): Generator<string> {
    const parent = readLink(join(this.#hostRoot, 'proc', String(parentPid), 'exe'))?.toString('utf8')
    const folders = parent === undefined ? FOLDERS : [dirname(parent), ...FOLDERS]
    if (parent !== undefined && NAMES.some((name) => basename(parent) === name)) yield parent
    for (const folder of new Set(folders)) for (const name of NAMES) yield join(folder, name)
  }

  #open(path: string): number | undefined {
    try {
      return openRegular(resolveOnHost(this.#hostRoot, path))
    } catch (error) {
      if (error instanceof KernelError) return undefined
      throw error
    }
  }

  async #isSame(fd: number, runtimeFd: number): Promise<boolean> {
    const [one, other] = [statOpened(fd).identity, statOpened(runtimeFd).identity]
    if (one.sizeBytes !== other.sizeBytes || one.sizeBytes === 0n) return false
    if (one.inode === other.inode && one.changedAtNs === other.changedAtNs) return true
    const size = Number(one.sizeBytes)
    if (!this.#mayCompareInFull()) return haveSameSamples(fd, runtimeFd, size)
    return (await this.#hash(fd)) === (await this.#hash(runtimeFd))
  }

  #mayCompareInFull(): boolean {
    const second = Math.floor(performance.now() / SECOND_MS)
    if (second !== this.#second) this.#comparisons = 0
    this.#second = second
    this.#comparisons += 1
    return this.#comparisons <= FULL_COMPARISONS_PER_SECOND
  }

  async #hash(fd: number): Promise<string> {
    const { device, inode, changedAtNs, sizeBytes } = statOpened(fd).identity
    const key = `${device} ${inode} ${changedAtNs} ${sizeBytes}`
    const known = this.#hashOf.get(key)
    if (known !== undefined) return known
    const hash = Buffer.from((await this.#hashes.hash(fd, Number(sizeBytes))).sha256).toString('hex')
    this.#hashOf.set(key, hash)
    return hash
  }
}

/** Compares random parts, which the author of another program cannot predict. */
function haveSameSamples(fd: number, otherFd: number, size: number): boolean {
  const [one, other] = [Buffer.alloc(SAMPLE_BYTES), Buffer.alloc(SAMPLE_BYTES)]
  for (let sample = 0; sample < SAMPLES; sample++) {
    const position = sample === 0 ? 0 : randomInt(Math.max(1, size - SAMPLE_BYTES))
    readSync(fd, one, 0, SAMPLE_BYTES, position)
    readSync(otherFd, other, 0, SAMPLE_BYTES, position)
    if (!one.equals(other)) return false
  }
  return true
}
