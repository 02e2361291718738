import type { Executable, ProcReader } from '../node/proc.js'
import { MEMFD_EXECUTABLE } from './behaviour.js'
import type { RunningFile } from './running-file.js'

/** Returns the program of a process if it exists only in memory; else undefined. */
export function memfdExecutable(proc: ProcReader, pid: number, executable: Executable): RunningFile | undefined {
  if (executable.kind !== 'memfd') return undefined
  const { inode, device } = executable.stat.identity
  const open = () => proc.openExecutable(pid)
  return { behaviour: MEMFD_EXECUTABLE, path: executable.path, layer: 'memory', pid, key: `exe ${device} ${inode}`, open }
}
