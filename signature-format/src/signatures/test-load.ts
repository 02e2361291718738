import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MIB_BYTES, MINUTE_MS } from '@guardimesh/contracts/units'
import { GuardError } from '@guardimesh/kit'
import { type EngineEnd, runEngine } from './run-engine.js'

/** The official set loads in about 30 s on a small node. */
const TIMEOUT_MS = 10 * MINUTE_MS
/** Maximum memory of a test load. The official set needs 1.3 GiB. */
const MAX_MEMORY_BYTES = 4096 * MIB_BYTES
/** Share of a container's memory limit, so that this process is not killed by the OOM killer. */
const CONTAINER_SHARE = 0.8
/** constrainedMemory() returns the limit of the container, or the memory of the machine without one. */
const MEMORY_BYTES = Math.min(MAX_MEMORY_BYTES, CONTAINER_SHARE * (process.constrainedMemory() || MAX_MEMORY_BYTES))
/** Limits of a process that loads databases. */
export const LOAD_LIMITS = { timeoutMs: TIMEOUT_MS, memoryBytes: MEMORY_BYTES }
const MAX_REASON_CHARS = 400
/** Maximum number of recorded matches; a bad signature may match every file. */
const MAX_HITS = 100

/** Exit code of clamscan when a file is infected, regardless of other errors. */
const INFECTED_EXIT_CODE = 1

/** The limits of nodes. By default clamscan skips large files and reports them as OK. */
const SIZE_LIMIT_ARGS = ['--max-filesize=2047M', '--max-scansize=2047M']

export interface TestLoad extends LoadLimits {
  /** Folder of the databases. */
  readonly databaseFolder: string
  /** Databases to load in addition. */
  readonly extraDatabases?: readonly string[]
  /** Content to scan after loading. */
  readonly content: Buffer
  /** Files to scan after `content`. */
  readonly extraFiles?: ExtraFiles
}

/** Files to scan after a test load. */
export interface ExtraFiles {
  /** Absolute paths without newlines. */
  readonly files: readonly string[]
  /** Timeout for all files. */
  readonly timeoutMs: number
  /** Receives the number of scanned files. */
  readonly onScanned?: (count: number) => void
}

/** Result of a test load. */
export interface LoadResult {
  /** The signature that matches the content; undefined without a match. */
  readonly found: string | undefined
  /** Files of `extraFiles` that a signature matches. */
  readonly hits: readonly { readonly file: string; readonly signature: string }[]
  /** False when the scan of `extraFiles` timed out. */
  readonly isComplete: boolean
  /** Peak memory of clamscan after loading; the memory of scans depends on the files. */
  readonly memoryBytes: number
}

/**
 * Loads databases in a separate clamscan process and scans one content: databases that load there also load in clamd. Needs the memory of a
 * second set of databases.
 *
 * @returns the signature that matches the content; undefined without a match.
 * @throws GuardError SIGNATURES_INVALID with clamscan's message when the databases do not load, ENGINE_UNAVAILABLE without clamscan.
 */
export async function testLoad(load: TestLoad, signal: AbortSignal): Promise<string | undefined> {
  return (await loadAndScan(load, signal)).found
}

/** Like `testLoad`, with the full result. A file of `extraFiles` that cannot be scanned counts as scanned. */
export async function loadAndScan(load: TestLoad, signal: AbortSignal): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'guardimesh-load-'))
  try {
    const [file, list] = [join(folder, 'content'), join(folder, 'list')]
    await writeFile(file, load.content)
    await writeFile(list, [file, ...(load.extraFiles?.files ?? [])].join('\n'))
    const databases = [load.databaseFolder, ...(load.extraDatabases ?? [])].map((path) => `--database=${path}`)
    const args = [...databases, `--tempdir=${folder}`, '--no-summary', ...SIZE_LIMIT_ARGS, `--file-list=${list}`]
    return await runLoad(args, new ScanOutput(file, load.extraFiles?.onScanned), load, signal)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runLoad(args: readonly string[], output: ScanOutput, load: TestLoad, signal: AbortSignal): Promise<LoadResult> {
  const limits = { timeoutMs: load.timeoutMs ?? LOAD_LIMITS.timeoutMs, memoryBytes: load.memoryBytes ?? LOAD_LIMITS.memoryBytes }
  const loadTimeout = new AbortController()
  // The load times out if no file was scanned by then; the timeout of the files is added to it.
  const timer = setTimeout(() => output.isLoaded || loadTimeout.abort(), limits.timeoutMs)
  const timeoutMs = limits.timeoutMs + (load.extraFiles?.timeoutMs ?? 0)
  const run = { program: 'clamscan', args, timeoutMs, memoryBytes: limits.memoryBytes, onLine: output.add }
  try {
    const end = await runEngine(run, AbortSignal.any([signal, loadTimeout.signal]))
    const isComplete = end.overLimit === undefined
    if (end.exitCode === INFECTED_EXIT_CODE && !output.hasHit)
      throw new GuardError(
        'SIGNATURES_INVALID',
        'false positive: these signatures match a harmless file, by a name that cannot be displayed',
      )
    // 0: clean, 1: infected, 2: error, such as an invalid database or an unreadable file.
    if (output.isLoaded && end.overLimit !== 'memory' && (end.exitCode !== null || !isComplete))
      return { ...output.result, isComplete, memoryBytes: output.loadedBytes || end.peakMemoryBytes }
    throw new GuardError('SIGNATURES_INVALID', `failed to load these signatures: ${loadFailureReason(end, limits)}`)
  } catch (error) {
    signal.throwIfAborted()
    if (!loadTimeout.signal.aborted) throw error
    throw new GuardError('SIGNATURES_INVALID', `failed to load these signatures: timeout after ${limits.timeoutMs} ms`)
  } finally {
    clearTimeout(timer)
  }
}

/** Parses clamscan's results, one line per file in the order of the list. */
class ScanOutput {
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

  /** True after loading: the first file was scanned. */
  get isLoaded(): boolean {
    return this.#count > 0
  }

  /** Peak memory when the first file was scanned; 0 if clamscan had already ended. */
  get loadedBytes(): number {
    return this.#loadedBytes
  }

  /** True when a signature with a readable name matched. */
  get hasHit(): boolean {
    return this.#found !== undefined || this.#hits.length > 0
  }

  get result(): Pick<LoadResult, 'found' | 'hits'> {
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

/** Limits of a test load; they default to `LOAD_LIMITS`. */
export interface LoadLimits {
  readonly timeoutMs?: number
  readonly memoryBytes?: number
}

/** Explains why clamscan did not load databases. Pure. */
export function loadFailureReason(
  { overLimit, exitCode, output }: Pick<EngineEnd, 'overLimit' | 'exitCode' | 'output'>,
  limits: Required<LoadLimits>,
): string {
  if (overLimit === 'time') return `timeout after ${limits.timeoutMs} ms`
  if (overLimit === 'memory') return `memory limit of ${Math.floor(limits.memoryBytes)} bytes exceeded`
  if (exitCode === null) return 'clamscan was killed, probably out of memory'
  return engineErrorText(output) || `clamscan failed with exit code ${exitCode}`
}

/** Returns the first lines of an engine's output that contain an error, otherwise its last line. Pure. */
export function engineErrorText(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const errors = lines.filter((line) => /error/i.test(line)).slice(0, 3)
  return (errors.length > 0 ? errors.join('; ') : (lines.at(-1) ?? '')).slice(0, MAX_REASON_CHARS)
}
