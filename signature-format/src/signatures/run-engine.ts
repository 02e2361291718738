import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { GuardError, messageOf, sleep } from '@guardimesh/kit'

/** Where the programs are; an ordinary user's own PATH leaves out the folders of daemons. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const MAX_OUTPUT_CHARS = 16_000
const LOOK_MS = 50
/** Small databases are loaded in less than that. */
const FIRST_LOOK_MS = 5

/** One run of an engine's program. */
export interface EngineRun {
  /** Its name, such as "clamscan", or its path. */
  readonly program: string
  readonly args: readonly string[]
  /** The process's own when left out. */
  readonly workingFolder?: string
  readonly timeoutMs: number
  /** Resident memory that it may take. Looked at while it runs: Node cannot set limits of a child, and images have no shell to do it. */
  readonly memoryBytes: number
  /** Where its standard output goes instead of into `output`; written anew. */
  readonly outputFile?: string
  /** Told of each line of its standard output as it comes; `peakBytes` gives the most memory that it has taken until then. */
  readonly onLine?: (line: string, peakBytes: () => number) => void
}

/** How a run ended. */
export interface EngineEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null
  /** The end of what it wrote, both streams, printable characters and newlines alone. */
  readonly output: string
  /** Which limit made us end it. */
  readonly overLimit: 'time' | 'memory' | undefined
  /** Most resident memory that it was seen with. */
  readonly peakMemoryBytes: number
}

/**
 * Runs an engine's program within limits of time and memory.
 *
 * @throws GuardError ENGINE_UNAVAILABLE when it cannot be started; the signal's reason when it is aborted, after the program has ended.
 */
export async function runEngine(run: EngineRun, signal: AbortSignal): Promise<EngineEnd> {
  await using outputFile = run.outputFile === undefined ? undefined : await open(run.outputFile, 'w')
  const stdout = outputFile?.fd ?? 'pipe'
  const child = spawn(run.program, run.args, { stdio: ['ignore', stdout, 'pipe'], env: { PATH, TZ: 'UTC' }, cwd: run.workingFolder })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString('latin1')).slice(-MAX_OUTPUT_CHARS)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const { onLine } = run
  if (child.stdout && onLine) {
    const peakBytes = () => residentBytes(child.pid).peakBytes
    splitLines(child.stdout, (line) => onLine(line, peakBytes))
  }
  const over = new AbortController()
  const watched = watch(child, run, AbortSignal.any([signal, over.signal]))
  try {
    await once(child, 'close')
  } catch (error) {
    throw new GuardError('ENGINE_UNAVAILABLE', `${run.program} cannot be started: ${messageOf(error)}`, {}, { cause: error })
  } finally {
    over.abort()
  }
  const end = await watched
  signal.throwIfAborted()
  return { exitCode: child.exitCode, output: output.replace(/[^ -~\n]/g, '?'), ...end }
}

/** At line feeds alone: what others named may hold any other character that ends a line for some. */
function splitLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
  stream.on('end', () => rest !== '' && onLine(rest))
}

/** Ends the program when it is over a limit or nobody waits for it any more. */
async function watch(child: ChildProcess, run: EngineRun, isOver: AbortSignal): Promise<Pick<EngineEnd, 'overLimit' | 'peakMemoryBytes'>> {
  const deadlineMs = performance.now() + run.timeoutMs
  let overLimit: EngineEnd['overLimit']
  let peakMemoryBytes = 0
  for (let lookMs = FIRST_LOOK_MS; !isOver.aborted && overLimit === undefined; lookMs = Math.min(LOOK_MS, 2 * lookMs)) {
    await sleep(lookMs, isOver)
    if (isOver.aborted) break
    const { nowBytes, peakBytes } = residentBytes(child.pid)
    peakMemoryBytes = Math.max(peakMemoryBytes, peakBytes)
    if (performance.now() > deadlineMs) overLimit = 'time'
    else if (nowBytes > run.memoryBytes) overLimit = 'memory'
  }
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  return { overLimit, peakMemoryBytes }
}

/** Resident memory of a process, bytes; zero when it is gone. */
export function residentBytes(pid: number | undefined): { nowBytes: number; peakBytes: number } {
  const status = statusOf(pid)
  const bytesOf = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024
  return { nowBytes: bytesOf('VmRSS'), peakBytes: bytesOf('VmHWM') }
}

/** The kernel makes it up in memory: nothing is waited for. */
function statusOf(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1')
  } catch {
    return ''
  }
}
