import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { messageOf, systemCodeOf } from '../errors/guard-error.js'
import { ProgramError, type ProgramResult } from './program-error.js'

const DEFAULT_MAX_OUTPUT_BYTES = 16 * MIB_BYTES

export interface RunOptions {
  /** Timeout after which the program and all its child processes are killed. Default: no limit. */
  readonly timeoutMs?: number
  /** Kills the program and all its child processes when aborted. */
  readonly signal?: AbortSignal
  /** Maximum size of standard output, beyond which the program is killed; standard error is truncated to its end. Default: 16 MiB. */
  readonly maxOutputBytes?: number
  /** Standard input. Default: empty. */
  readonly input?: string | Uint8Array | Readable
  readonly cwd?: string
  /** The whole environment. Default: that of this process. */
  readonly env?: NodeJS.ProcessEnv
  readonly uid?: number
  readonly gid?: number
  /** Consumes standard output as a stream. `stdout` of the result is then empty, and `maxOutputBytes` does not apply. */
  readonly readStdout?: (stdout: Readable) => Promise<void>
  /** Open file that receives standard output and standard error; both are empty in the result then. */
  readonly outputFd?: number
  /** Signal that ends the program at the timeout or abort. Default: SIGKILL. */
  readonly killSignal?: NodeJS.Signals
  /** Whether an exit code other than 0 throws. Default: false. */
  readonly throwOnFailure?: boolean
}

/**
 * Runs a program until it exits. With a timeout or signal, it runs in its own process group, which is killed as a whole; otherwise it
 * receives terminal interrupts like this process.
 *
 * @throws ProgramError when the program cannot be started, times out, prints too much or, with `throwOnFailure`, fails; the signal's reason
 *   when it is aborted, after the program has ended.
 */
export async function runProgram(file: string, args: readonly string[], options: RunOptions = {}): Promise<ProgramResult> {
  const { signal, timeoutMs } = options
  signal?.throwIfAborted()
  const command: [string, ...string[]] = [file, ...args]
  const hasOwnGroup = signal !== undefined || timeoutMs !== undefined
  const child = start(command, options, hasOwnGroup)
  const killer = new Killer(child, hasOwnGroup, options.killSignal ?? 'SIGKILL')
  const deadline = timeoutMs === undefined ? undefined : setTimeout(() => killer.kill(`timed out after ${timeoutMs} ms`), timeoutMs)
  const onAbort = () => killer.kill('aborted')
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    const result = await collect(child, options, killer)
    signal?.throwIfAborted()
    if (killer.reason !== undefined) throw new ProgramError(command, killer.reason, result)
    if (options.throwOnFailure && result.exitCode !== 0) throw new ProgramError(command, undefined, result)
    return result
  } catch (error) {
    signal?.throwIfAborted()
    throw error instanceof ProgramError ? error : failedToRun(command, error)
  } finally {
    clearTimeout(deadline)
    signal?.removeEventListener('abort', onAbort)
  }
}

/**
 * Runs a program that must succeed.
 *
 * @returns its standard output.
 * @throws ProgramError as `runProgram`, and for any exit code other than 0.
 */
export async function runChecked(file: string, args: readonly string[], options: Omit<RunOptions, 'throwOnFailure'> = {}): Promise<string> {
  return (await runProgram(file, args, { ...options, throwOnFailure: true })).stdout
}

function failedToRun(command: readonly string[], error: unknown): ProgramError {
  return new ProgramError(command, systemCodeOf(error) === 'ENOENT' ? 'the program was not found' : messageOf(error), undefined, error)
}

function start(command: readonly [string, ...string[]], options: RunOptions, hasOwnGroup: boolean): ChildProcess {
  const [file, ...args] = command
  const { cwd, env, uid, gid, outputFd, input } = options
  const output = outputFd ?? 'pipe'
  const stdio: StdioOptions = [input === undefined ? 'ignore' : 'pipe', output, output]
  try {
    return spawn(file, args, {
      stdio,
      detached: hasOwnGroup,
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    })
  } catch (error) {
    throw failedToRun(command, error)
  }
}

/** Kills a child process or its group once, and records the reason. */
class Killer {
  readonly #child: ChildProcess
  readonly #hasOwnGroup: boolean
  readonly #signal: NodeJS.Signals
  reason: string | undefined

  constructor(child: ChildProcess, hasOwnGroup: boolean, signal: NodeJS.Signals) {
    this.#child = child
    this.#hasOwnGroup = hasOwnGroup
    this.#signal = signal
    // A process that left the group may keep the pipes open; the result must not wait for it.
    child.once('exit', () => this.reason !== undefined && this.#closePipes())
  }

  kill(reason: string): void {
    if (this.reason !== undefined) return
    this.reason = reason
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      process.kill(this.#hasOwnGroup ? -pid : pid, this.#signal)
    } catch (error) {
      if (systemCodeOf(error) !== 'ESRCH') throw error
    }
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) this.#closePipes()
  }

  #closePipes(): void {
    for (const pipe of [this.#child.stdin, this.#child.stdout, this.#child.stderr]) pipe?.destroy()
  }
}

async function collect(child: ChildProcess, options: RunOptions, killer: Killer): Promise<ProgramResult> {
  const { maxOutputBytes = DEFAULT_MAX_OUTPUT_BYTES, readStdout } = options
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error) => (child.pid === undefined ? reject(error) : killer.kill(error.message)))
    child.once('close', () => resolve())
  })
  const stdout = readStdout ? undefined : collectHead(child.stdout, maxOutputBytes, killer)
  const stderr = collectTail(child.stderr, maxOutputBytes)
  const written = writeInput(child, options.input)
  const read = child.stdout && readStdout ? readOutput(child.stdout, readStdout) : undefined
  await ended
  const failure = (await read) ?? (await written)
  const result = { exitCode: child.exitCode, signal: child.signalCode, stdout: stdout?.() ?? '', stderr: stderr() }
  // The program's own failure is more informative than the resulting EPIPE.
  if (failure && result.exitCode === 0 && killer.reason === undefined) throw failure.error
  return result
}

/** Resolves with the error of the reader. The rest of the output is discarded then: the program would block on a full pipe. */
async function readOutput(stdout: Readable, read: NonNullable<RunOptions['readStdout']>): Promise<{ error: unknown } | undefined> {
  try {
    await read(stdout)
    return undefined
  } catch (error) {
    stdout.resume()
    return { error }
  }
}

function collectHead(stream: Readable | null, maxBytes: number, killer: Killer): () => string {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  stream?.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.length
    if (sizeBytes <= maxBytes) chunks.push(chunk)
    else killer.kill(`printed more than ${maxBytes} bytes`)
  })
  return () => Buffer.concat(chunks).toString('utf8')
}

function collectTail(stream: Readable | null, maxBytes: number): () => string {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  stream?.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    sizeBytes += chunk.length
    // Whole chunks only: copying the tail for every chunk would be quadratic.
    while (chunks[0] && sizeBytes - chunks[0].length >= maxBytes) sizeBytes -= chunks.shift()?.length ?? 0
  })
  return () => Buffer.concat(chunks).subarray(-maxBytes).toString('utf8')
}

/** Resolves with the error of the input stream. A program that exits without reading all of its input is not an error. */
async function writeInput(child: ChildProcess, input: RunOptions['input']): Promise<{ error: unknown } | undefined> {
  if (input === undefined || !child.stdin) return undefined
  try {
    await pipeline(input instanceof Readable ? input : Readable.from([input]), child.stdin)
    return undefined
  } catch (error) {
    const code = systemCodeOf(error)
    return code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' ? undefined : { error }
  }
}
