import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { GuardError } from '@guardimesh/kit'
import { logFileOf } from '../stack/context.js'
import type { StackFolders } from '../stack/folders.js'
import { STEPS, type StepName } from '../stack/steps.js'
import { openLog } from '../supervision/process-part.js'
import { DaemonMessage } from './messages.js'

/** The start of the platform, step by step. */
export interface DaemonStart {
  /** For each step a promise that ends with it. */
  readonly steps: Readonly<Record<StepName, Promise<void>>>
  /** Resolves when all parts are ready. @throws GuardError INTERNAL; its facts name the log to read. */
  readonly ready: Promise<void>
}

/** Starts the platform in a process of its own that outlives this one. */
export async function startDaemon(folders: StackFolders, env: NodeJS.ProcessEnv): Promise<DaemonStart> {
  const logFile = logFileOf(folders, 'dev-env')
  const log = await openLog(logFile)
  try {
    const script = join(import.meta.dirname, '../daemon.js')
    const child = spawn(process.execPath, ['--enable-source-maps', script], {
      env,
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
    })
    return follow(child, logFile)
  } finally {
    await log.close()
  }
}

function follow(child: ChildProcess, logFile: string): DaemonStart {
  const names = Object.keys(STEPS) as StepName[]
  const steps = new Map(names.map((name) => [name, Promise.withResolvers<void>()]))
  const ready = Promise.withResolvers<void>()
  const letGo = () => {
    if (child.connected) child.disconnect()
    child.unref()
  }
  const fail = (why: string, log = logFile) => {
    ready.reject(new GuardError('INTERNAL', why, { logFile: log }))
    letGo()
    // Those that had not ended: the one that failed has told its own reason.
    for (const step of steps.values()) step.reject(new Error('given up'))
  }
  child.on('message', (raw) => {
    const message = DaemonMessage.parse(raw)
    if (message.kind === 'failed') fail(message.why, message.logFile)
    else if (message.kind === 'ready') {
      ready.resolve()
      letGo()
    } else if (message.state === 'done') steps.get(message.step)?.resolve()
    else if (message.state === 'failed') steps.get(message.step)?.reject(new Error(message.why))
  })
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => fail(`the start ended early: ${signal ?? `exit code ${code}`}`))
  const promises = Object.fromEntries([...steps].map(([name, { promise }]) => [name, promise])) as Record<StepName, Promise<void>>
  // Whoever shows the steps sees their failures; `ready` tells the one that counts.
  for (const promise of Object.values(promises)) promise.catch(() => undefined)
  ready.promise.catch(() => undefined)
  return { steps: promises, ready: ready.promise }
}
