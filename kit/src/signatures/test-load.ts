import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MIB_BYTES, MINUTE_MS } from '@guardimesh/contracts'
import { GuardError } from '../errors/guard-error.js'
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

export interface TestLoad {
  /** Holds the databases and nothing else that ClamAV takes for one. */
  readonly databaseFolder: string
  /** What is scanned once they are loaded. */
  readonly content: Buffer
  readonly timeoutMs?: number
  readonly memoryBytes?: number
}

/**
 * Loads databases into a clamscan of their own and lets it scan one content: what loads there loads in clamd. For that time they are in
 * memory twice.
 *
 * @returns the signature that calls the content infected; undefined when none does.
 * @throws GuardError SIGNATURES_INVALID with clamscan's words when they do not load, ENGINE_UNAVAILABLE when there is no clamscan.
 */
export async function testLoad(load: TestLoad, signal: AbortSignal): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'guardimesh-load-'))
  try {
    const file = join(folder, 'content')
    await writeFile(file, load.content)
    const args = [`--database=${load.databaseFolder}`, `--tempdir=${folder}`, '--no-summary', file]
    const limits = { timeoutMs: load.timeoutMs ?? TIMEOUT_MS, memoryBytes: load.memoryBytes ?? MEMORY_BYTES }
    const end = await runEngine({ program: 'clamscan', args, ...limits }, signal)
    const [, found] = /^.*: (\S+) FOUND$/m.exec(end.output) ?? []
    // 0: clean, 1: infected, 2: an error, such as a database that does not load.
    if (end.exitCode === 0) return undefined
    if (end.exitCode === 1 && found !== undefined) return found
    throw new GuardError('SIGNATURES_INVALID', `these signatures cannot be loaded: ${reasonOf(end, limits)}`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function reasonOf({ overLimit, exitCode, output }: EngineEnd, limits: { timeoutMs: number; memoryBytes: number }): string {
  if (overLimit === 'time') return `clamscan was not done in ${limits.timeoutMs} ms`
  if (overLimit === 'memory') return `they take more than ${Math.floor(limits.memoryBytes)} bytes of memory`
  if (exitCode === null) return 'clamscan was killed, most likely as memory ran out'
  return engineWords(output) || `clamscan ended with exit code ${exitCode}`
}

/** The first lines of an engine's output that tell of an error; its last line otherwise. Pure. */
export function engineWords(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const errors = lines.filter((line) => /error/i.test(line)).slice(0, 3)
  return (errors.length > 0 ? errors.join('; ') : (lines.at(-1) ?? '')).slice(0, MAX_REASON_CHARS)
}
