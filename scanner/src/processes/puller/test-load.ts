import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MINUTE_MS } from '@guardimesh/contracts'
import { GuardError, messageOf, sleep } from '@guardimesh/kit'
import { ClamdControl } from '../../engines/clamav/clamd-control.js'

/** The official set takes about half a minute on a small node. */
const TIMEOUT_MS = 10 * MINUTE_MS
const LOOK_AGAIN_MS = 100
const MAX_OUTPUT_CHARS = 2000
/** Where clamd is; an ordinary user's own PATH leaves out the folders of daemons. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * Loads a generation into a clamd of its own and lets it find the generation's canary: what loads there loads in the real one.
 * For that time the databases are in memory twice.
 *
 * @throws GuardError SIGNATURES_INVALID with clamd's words when it refuses them, ENGINE_UNAVAILABLE when there is no clamd.
 */
export async function testLoad(databaseFolder: string, generation: string, signal: AbortSignal): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'guardimesh-load-'))
  const socketPath = join(folder, 'clamd.sock')
  try {
    const settings = {
      DatabaseDirectory: databaseFolder,
      LocalSocket: socketPath,
      TemporaryDirectory: folder,
      Foreground: 'yes',
      MaxThreads: 1,
    }
    const text = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`)
    await writeFile(join(folder, 'clamd.conf'), text.join(''))
    const limit = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
    await withClamd(join(folder, 'clamd.conf'), (isOver) => waitUntilServed(socketPath, generation, AbortSignal.any([limit, isOver])))
    signal.throwIfAborted()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs clamd while `work` does; `isOver` is aborted when clamd ends by itself, which makes it fail. */
async function withClamd(configFile: string, work: (isOver: AbortSignal) => Promise<boolean>): Promise<void> {
  const child = spawn('clamd', ['--config-file', configFile], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH } })
  const isOver = new AbortController()
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString('latin1')).slice(-MAX_OUTPUT_CHARS)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = once(child, 'close').catch((error: unknown) => {
    output = ''
    return Promise.reject(new GuardError('ENGINE_UNAVAILABLE', `clamd cannot be started to try the signatures: ${messageOf(error)}`))
  })
  const watched = ended.finally(() => isOver.abort())
  watched.catch(() => undefined)
  try {
    if (await work(isOver.signal)) return
    if (isOver.signal.aborted) await ended
    throw new GuardError('SIGNATURES_INVALID', `clamd does not load these signatures: ${reasonIn(output)}`)
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await ended.catch(() => undefined)
  }
}

async function waitUntilServed(socketPath: string, generation: string, signal: AbortSignal): Promise<boolean> {
  const control = new ClamdControl({ socketPath })
  while (!signal.aborted) {
    // Nobody listens before the databases are loaded.
    const isServed = await control.servesGeneration(generation).catch(() => undefined)
    if (isServed !== undefined) return isServed
    await sleep(LOOK_AGAIN_MS, signal)
  }
  return false
}

/** The lines of clamd's output that tell of an error; its last line otherwise. */
function reasonIn(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const errors = lines.filter((line) => /error/i.test(line)).slice(-3)
  return (errors.length > 0 ? errors.join('; ') : (lines.at(-1) ?? 'it said nothing in time')).replace(/[^ -~]/g, '?').slice(0, 400)
}
