import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { GuardError, messageOf, sleep } from '@guardimesh/kit'

/** Search path of the programs; the PATH of regular users lacks the sbin folders. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
const MAX_OUTPUT_CHARS = 16_000
const POLL_INTERVAL_MS = 50
/** Short, because small databases load within milliseconds. */
const FIRST_POLL_INTERVAL_MS = 5

/** One run of an engine program. */
export interface EngineRun {
  /** Name, such as "clamscan", or path. */
  readonly program: string
  readonly args: readonly string[]
  /** Defaults to the working folder of this process. */
  readonly workingFolder?: string
  readonly timeoutMs: number
  /** Maximum resident memory. Polled, because Node cannot set limits of child processes and the images have no shell. */
  readonly memoryBytes: number
  /** File for standard output instead of `output`; overwritten if it exists. */
  readonly outputFile?: string
  /** Receives each line of standard output; `peakBytes` returns the peak memory so far. */
  readonly onLine?: (line: string, peakBytes: () => number) => void
  /** Receives each line of standard error. */
  readonly onErrorLine?: (line: string) => void
}

/** How a run ended. */
export interface EngineEnd {
  /** Null when a signal ended the program. */
  readonly exitCode: number | null
  /** End of the output of both streams, printable ASCII characters and newlines only. */
  readonly output: string
  /** The exceeded limit, if the program was killed. */
  readonly overLimit: 'time' | 'memory' | undefined
  /** Highest observed resident memory. */
  readonly peakMemoryBytes: number
}

/**
 * Runs an engine program with limits for time and memory. `runProgram` of the kit has no memory limit, and neither keeps the end of both
 * output streams in their order nor writes standard output alone to a file.
 *
 * @throws GuardError ENGINE_UNAVAILABLE when the program fails to start; the signal's reason on abort, after the program has ended.
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
  if (child.stderr && run.onErrorLine) splitLines(child.stderr, run.onErrorLine)
  const over = new AbortController()
  const enforced = enforceLimits(child, run, AbortSignal.any([signal, over.signal]))
  try {
    await once(child, 'close')
  } catch (error) {
    throw new GuardError('ENGINE_UNAVAILABLE', `failed to start ${run.program}: ${messageOf(error)}`, {}, { cause: error })
  } finally {
    over.abort()
  }
  const end = await enforced
  signal.throwIfAborted()
  return { exitCode: child.exitCode, output: output.replace(/[^ -~\n]/g, '?'), ...end }
}

/** Splits at line feeds only: file names may contain other characters that count as line ends elsewhere. */
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

/** Kills the program when it exceeds a limit or the signal is aborted. */
async function enforceLimits(
  child: ChildProcess,
  run: EngineRun,
  isOver: AbortSignal,
): Promise<Pick<EngineEnd, 'overLimit' | 'peakMemoryBytes'>> {
  const deadlineMs = performance.now() + run.timeoutMs
  let overLimit: EngineEnd['overLimit']
  let peakMemoryBytes = 0
  for (
    let intervalMs = FIRST_POLL_INTERVAL_MS;
    !isOver.aborted && overLimit === undefined;
    intervalMs = Math.min(POLL_INTERVAL_MS, 2 * intervalMs)
  ) {
    await sleep(intervalMs, isOver)
    if (isOver.aborted) break
    const { nowBytes, peakBytes } = residentBytes(child.pid)
    peakMemoryBytes = Math.max(peakMemoryBytes, peakBytes)
    if (performance.now() > deadlineMs) overLimit = 'time'
    else if (nowBytes > run.memoryBytes) overLimit = 'memory'
  }
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  return { overLimit, peakMemoryBytes }
}

/** Returns the resident memory of a process in bytes; zero after it has ended. */
export function residentBytes(pid: number | undefined): { nowBytes: number; peakBytes: number } {
  const status = statusOf(pid)
  const bytesOf = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024
  return { nowBytes: bytesOf('VmRSS'), peakBytes: bytesOf('VmHWM') }
}

/** Synchronous, because procfs does no disk access. */
function statusOf(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'latin1')
  } catch {
    return ''
  }
}
