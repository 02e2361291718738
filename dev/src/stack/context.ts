import { join } from 'node:path'
import type { Logger } from '@guardimesh/kit'
import { processPart } from '../supervision/process-part.js'
import type { Supervisor } from '../supervision/supervisor.js'
import { REPOSITORY_FOLDER, type StackFolders } from './folders.js'
import { checkReadyz, type ProbeAddress } from './probe.js'
import { runOnce } from './run-once.js'

/** Names of the parts, as `Supervisor.signal` and the log files know them. */
export const PART_NAMES = [
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
export type PartName = (typeof PART_NAMES)[number]

export type Settings = Readonly<Record<string, string>>

/** What every step of a start needs. */
export interface StackContext {
  readonly folders: StackFolders
  readonly supervisor: Supervisor
  readonly signal: AbortSignal
  readonly log: Logger
  /** Settings of the caller for single parts; they win over ours. */
  readonly settings: Readonly<Partial<Record<PartName, Settings>>>
}

/** The built entry of a process of ours, such as `backend/dist/main.js`. */
const entryPath = (entry: string) => join(REPOSITORY_FOLDER, entry)

export const logFileOf = (folders: StackFolders, name: string) => join(folders.logs, `${name}.log`)

/** Starts a Node process of ours under the supervisor and waits until its `/readyz` says so. */
export function startNodeProcess(
  context: StackContext,
  process: {
    readonly name: PartName
    readonly entry: string
    readonly env: Settings
    readonly probe: ProbeAddress
    readonly flags?: readonly string[]
  },
): Promise<void> {
  const { name, entry, env, probe, flags } = process
  return context.supervisor.start(
    processPart({
      name,
      ...nodeCommand(entry, [], flags),
      env: { ...env, ...context.settings[name] },
      logFile: logFileOf(context.folders, name),
      checkReady: () => checkReadyz(probe),
    }),
  )
}

/** Runs a command of ours to its end. */
export function runNodeCommand(
  context: StackContext,
  command: { readonly name: string; readonly entry: string; readonly args?: readonly string[]; readonly env: Settings },
): Promise<void> {
  const { name, entry, args = [], env } = command
  return runOnce({ name, ...nodeCommand(entry, args), env, logFile: logFileOf(context.folders, name) }, context.signal)
}

const ORDINARY_FLAGS = ['--enable-source-maps']
/**
 * For the node's processes, which take memory from those that the node is there for. V8 would let the young generation grow to 48 MiB, to save a
 * processor time that nobody notices; source maps would take 3 MiB.
 */
export const AGENT_FLAGS = ['--max-semi-space-size=2']

function nodeCommand(entry: string, args: readonly string[], flags: readonly string[] = ORDINARY_FLAGS) {
  return { command: process.execPath, args: [...flags, entryPath(entry), ...args] }
}
