import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { logFileOf } from '../stack/context.js'
import type { StackFolders } from '../stack/folders.js'
import { STEPS, type StepName } from '../stack/steps.js'
import { openLog } from '../supervision/process-component.js'
import { DaemonMessage } from './messages.js'
import { StartError } from './start-error.js'

/** Progress of the start of the platform. */
export interface DaemonStart {
  /** Promises that settle with the steps. */
  readonly steps: Readonly<Record<StepName, Promise<void>>>
  /** Resolves when all components are ready. @throws StartError with the relevant log. */
  readonly ready: Promise<void>
}

/** Starts the platform in a detached process with the environment of this one. */
export async function startDaemon(folders: StackFolders): Promise<DaemonStart> {
  const logFile = logFileOf(folders, 'dev-env')
  const log = await openLog(logFile)
  try {
    const script = join(import.meta.dirname, '../daemon.js')
    const child = spawn(process.execPath, ['--enable-source-maps', script], {
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
  const release = () => {
    if (child.connected) child.disconnect()
    child.unref()
  }
  const fail = (reason: string, log = logFile) => {
    ready.reject(new StartError(reason, log))
    release()
    // Has no effect on the steps that ended; the failed step already has its reason.
    for (const step of steps.values()) step.reject(new Error('cancelled'))
  }
  child.on('message', (raw) => {
    const message = DaemonMessage.parse(raw)
    if (message.kind === 'failed') fail(message.why, message.logFile)
    else if (message.kind === 'ready') {
      ready.resolve()
      release()
    } else if (message.state === 'done') steps.get(message.step)?.resolve()
    else if (message.state === 'failed') steps.get(message.step)?.reject(new Error(message.why))
  })
  child.on('error', (error) => fail(error.message))
  child.on('exit', (code, signal) => fail(`the start failed: ${signal ?? `exit code ${code}`}`))
  const promises = Object.fromEntries([...steps].map(([name, { promise }]) => [name, promise])) as Record<StepName, Promise<void>>
  // The display of the steps handles their failures, and `ready` rejects with the first one.
  for (const promise of Object.values(promises)) promise.catch(() => undefined)
  ready.promise.catch(() => undefined)
  return { steps: promises, ready: ready.promise }
}
