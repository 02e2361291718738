import type { Executable, ProcReader } from '../node/proc.js'
import { MEMFD_EXECUTABLE } from './behaviour.js'
import type { RunningFile } from './running-file.js'

/** runc and crun copy themselves into memory to enter a container, and are replaced by the container's program within milliseconds. */
const RUNTIME_COPY = /^\/memfd:(runc_cloned:|libcrun|crun)/
/** A name alone is no excuse: a runtime's process is a child of the node's, and whoever keeps the name longer than any entry takes is no runtime. */
const RUNTIME_ENTRY_MAX_MS = 2000

/** The program of a process that runs from memory. Undefined for another, and for a runtime that is entering the container. */
export function memfdExecutable(
  proc: ProcReader,
  pid: number,
  executable: Executable,
  /** All processes of the container. */
  pidsOfContainer: ReadonlySet<number>,
  nowMs: number = Date.now(),
): RunningFile | undefined {
  if (executable.kind !== 'memfd') return undefined
  if (RUNTIME_COPY.test(executable.path.toString('latin1'))) {
    const facts = proc.readProcess(pid)
    const isChildOfNode = facts !== undefined && !pidsOfContainer.has(facts.parentPid)
    // The start of a process is known to the second only.
    if (!facts || (isChildOfNode && nowMs - facts.startedAtMs < RUNTIME_ENTRY_MAX_MS + 1000)) return undefined
  }
  const { inode, device } = executable.stat.identity
  const open = () => proc.openExecutable(pid)
  return { behaviour: MEMFD_EXECUTABLE, path: executable.path, layer: 'memory', pid, key: `exe ${device} ${inode}`, open }
}
