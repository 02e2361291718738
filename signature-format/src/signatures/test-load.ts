import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MIB_BYTES, MINUTE_MS } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { type EngineEnd, runEngine } from './run-engine.js'

/** The official set takes about half a minute on a small node. */
const TIMEOUT_MS = 10 * MINUTE_MS
/** The official set takes 1.3 GiB; with it, four times as many signatures of others. */
const MAX_MEMORY_BYTES = 4096 * MIB_BYTES
/** Of a container's memory, so that the kernel does not choose whom to end. */
const CONTAINER_SHARE = 0.8
/** The container's limit counts; a process without one is told the machine's memory. */
const MEMORY_BYTES = Math.min(MAX_MEMORY_BYTES, CONTAINER_SHARE * (process.constrainedMemory() || MAX_MEMORY_BYTES))
const MAX_REASON_CHARS = 400
/** Enough to see what a signature does; a bad one may match every file. */
const MAX_HITS = 100

/** How clamscan ends when it called anything infected, whatever else went wrong. */
const INFECTED = 1

/** As large as nodes scan: by default clamscan passes large files over, and says OK. */
const WHOLE_FILES = ['--max-filesize=2047M', '--max-scansize=2047M']

export interface TestLoad {
  /** Holds the databases and nothing else that ClamAV takes for one. */
  readonly databaseFolder: string
  /** Databases that are loaded beside them. */
  readonly moreDatabases?: readonly string[]
  /** What is scanned once they are loaded. */
  readonly content: Buffer
  readonly timeoutMs?: number
  readonly memoryBytes?: number
  /** Files that are scanned after it. */
  readonly more?: MoreFiles
}

/** Files for a clamscan that has loaded its databases. */
export interface MoreFiles {
  /** Absolute, without line ends. */
  readonly files: readonly string[]
  /** For all of them. */
  readonly timeoutMs: number
  /** Told how many of them are done. */
  readonly onScanned?: (count: number) => void
}

/** What a test load showed. */
export interface Loaded {
  /** The signature that calls the content infected; undefined when none does. */
  readonly found: string | undefined
  /** Files of `more` that a signature calls infected. */
  readonly hits: readonly { readonly file: string; readonly signature: string }[]
  /** False when not all of `more` was scanned in its time. */
  readonly isComplete: boolean
  /** Most memory that clamscan took until it had loaded everything: what scans take on top depends on their files. */
  readonly memoryBytes: number
}

/**
 * Loads databases into a clamscan of their own and lets it scan one content: what loads there loads in clamd. For that time they are in
 * memory twice.
 *
 * @returns the signature that calls the content infected; undefined when none does.
 * @throws GuardError SIGNATURES_INVALID with clamscan's words when they do not load, ENGINE_UNAVAILABLE when there is no clamscan.
 */
export async function testLoad(load: TestLoad, signal: AbortSignal): Promise<string | undefined> {
  return (await loadAndScan(load, signal)).found
}

/** A test load that tells more: see `testLoad`. A file of `more` that cannot be scanned counts as done. */
export async function loadAndScan(load: TestLoad, signal: AbortSignal): Promise<Loaded> {
  const folder = await mkdtemp(join(tmpdir(), 'guardimesh-load-'))
  try {
    const [file, list] = [join(folder, 'content'), join(folder, 'list')]
    await writeFile(file, load.content)
    await writeFile(list, [file, ...(load.more?.files ?? [])].join('\n'))
    const databases = [load.databaseFolder, ...(load.moreDatabases ?? [])].map((path) => `--database=${path}`)
    const args = [...databases, `--tempdir=${folder}`, '--no-summary', ...WHOLE_FILES, `--file-list=${list}`]
    return await runLoad(args, new Answers(file, load.more?.onScanned), load, signal)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runLoad(args: readonly string[], seen: Answers, load: TestLoad, signal: AbortSignal): Promise<Loaded> {
  const limits = { timeoutMs: load.timeoutMs ?? TIMEOUT_MS, memoryBytes: load.memoryBytes ?? MEMORY_BYTES }
  const late = new AbortController()
  // The time for the load is over when the first answer is not there; that of the files comes on top of it.
  const timer = setTimeout(() => seen.isLoaded || late.abort(), limits.timeoutMs)
  const timeoutMs = limits.timeoutMs + (load.more?.timeoutMs ?? 0)
  const run = { program: 'clamscan', args, timeoutMs, memoryBytes: limits.memoryBytes, onLine: seen.add }
  try {
    const end = await runEngine(run, AbortSignal.any([signal, late.signal]))
    const isComplete = end.overLimit === undefined
    if (end.exitCode === INFECTED && !seen.hasHit)
      throw new GuardError('SIGNATURES_INVALID', 'these signatures call a harmless file infected, by a name that cannot be shown')
    // 0: clean, 1: infected, 2: an error, such as a database that does not load, or a file that cannot be read.
    if (seen.isLoaded && end.overLimit !== 'memory' && (end.exitCode !== null || !isComplete))
      return { ...seen.result, isComplete, memoryBytes: seen.loadedBytes || end.peakMemoryBytes }
    throw new GuardError('SIGNATURES_INVALID', `these signatures cannot be loaded: ${reasonOf(end, limits)}`)
  } catch (error) {
    signal.throwIfAborted()
    if (!late.signal.aborted) throw error
    throw new GuardError('SIGNATURES_INVALID', `these signatures cannot be loaded: clamscan was not done in ${limits.timeoutMs} ms`)
  } finally {
    clearTimeout(timer)
  }
}

/** What clamscan says of each file, in the order of the list. */
class Answers {
  readonly #content: string
  readonly #onScanned: ((count: number) => void) | undefined
  readonly #hits: { file: string; signature: string }[] = []
  #found: string | undefined
  #count = 0
  #loadedBytes = 0

  constructor(content: string, onScanned: ((count: number) => void) | undefined) {
    this.#content = content
    this.#onScanned = onScanned
  }

  /** True once the databases were loaded: it has scanned something. */
  get isLoaded(): boolean {
    return this.#count > 0
  }

  /** Memory when the first file was scanned; 0 when clamscan had ended by then. */
  get loadedBytes(): number {
    return this.#loadedBytes
  }

  /** True when a signature that could be read called anything infected. */
  get hasHit(): boolean {
    return this.#found !== undefined || this.#hits.length > 0
  }

  get result(): Pick<Loaded, 'found' | 'hits'> {
    return { found: this.#found, hits: this.#hits }
  }

  readonly add = (line: string, peakBytes: () => number): void => {
    const [, file, signature] = /^(\/.*): (?:(.+) FOUND|OK|Empty file|Excluded.*|Symbolic link|.* ERROR)$/s.exec(line) ?? []
    if (file === undefined) return
    if (file === this.#content) this.#found = signature
    else if (signature !== undefined && this.#hits.length < MAX_HITS) this.#hits.push({ file, signature })
    if (this.#count === 0) this.#loadedBytes = peakBytes()
    this.#onScanned?.(this.#count)
    this.#count += 1
  }
}

function reasonOf({ overLimit, exitCode, output }: EngineEnd, limits: { memoryBytes: number }): string {
  if (overLimit === 'memory') return `they take more than ${Math.floor(limits.memoryBytes)} bytes of memory`
  if (exitCode === null) return 'clamscan was killed, most likely as memory ran out'
  return engineErrorText(output) || `clamscan ended with exit code ${exitCode}`
}

/** The first lines of an engine's output that tell of an error; its last line otherwise. Pure. */
export function engineErrorText(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const errors = lines.filter((line) => /error/i.test(line)).slice(0, 3)
  return (errors.length > 0 ? errors.join('; ') : (lines.at(-1) ?? '')).slice(0, MAX_REASON_CHARS)
}
