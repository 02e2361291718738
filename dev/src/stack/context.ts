import { join } from 'node:path'
import type { Logger } from '@guardimesh/kit'
import { processComponent } from '../supervision/process-component.js'
import type { Supervisor } from '../supervision/supervisor.js'
import { REPOSITORY_FOLDER, type StackFolders } from './folders.js'
import { checkReadyz, type ProbeAddress } from './probe.js'
import { runOnce } from './run-once.js'

/** Names of the components in `Supervisor.signal` and of the log files. */
export const COMPONENT_NAMES = [
  'postgres',
  'clamd',
  'runtime',
  'signature-server',
  'api',
  'worker',
  'inspector',
  'obfuscation-scanner',
  'scanner',
  'puller',
] as const
export type ComponentName = (typeof COMPONENT_NAMES)[number]

export type Settings = Readonly<Record<string, string>>

/** Context of all steps of a start. */
export interface StackContext {
  readonly folders: StackFolders
  readonly supervisor: Supervisor
  readonly signal: AbortSignal
  readonly log: Logger
  /** Settings of the caller for single components, which override the defaults. */
  readonly settings: Readonly<Partial<Record<ComponentName, Settings>>>
}

/** Returns the path of a compiled entry file, such as `backend/dist/main.js`. */
const entryPath = (entry: string) => join(REPOSITORY_FOLDER, entry)

export const logFileOf = (folders: StackFolders, name: string) => join(folders.logs, `${name}.log`)

/** Starts a process of Guardimesh under the supervisor and waits until it is ready. */
export function startNodeProcess(
  context: StackContext,
  process: {
    readonly name: ComponentName
    readonly entry: string
    readonly env: Settings
    readonly probe: ProbeAddress
    readonly flags?: readonly string[]
  },
): Promise<void> {
  const { name, entry, env, probe, flags } = process
  return context.supervisor.start(
    processComponent({
      name,
      ...nodeCommand(entry, [], flags),
      env: { ...env, ...context.settings[name] },
      logFile: logFileOf(context.folders, name),
      checkReady: () => checkReadyz(probe),
    }),
  )
}

/** Runs a command of Guardimesh to its end. */
export function runNodeCommand(
  context: StackContext,
  command: { readonly name: string; readonly entry: string; readonly args?: readonly string[]; readonly env: Settings },
): Promise<void> {
  const { name, entry, args = [], env } = command
  return runOnce({ name, ...nodeCommand(entry, args), env, logFile: logFileOf(context.folders, name) }, context.signal)
}

const DEFAULT_FLAGS = ['--enable-source-maps']

function nodeCommand(entry: string, args: readonly string[], flags: readonly string[] = DEFAULT_FLAGS) {
  return { command: process.execPath, args: [...flags, entryPath(entry), ...args] }
}
