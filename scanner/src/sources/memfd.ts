import type { Executable, ProcReader } from '../node/proc.js'
import { MEMFD_EXECUTABLE } from './behaviour.js'
import type { RunningFile } from './running-file.js'

/** The program of a process that runs from memory; undefined for another. */
export function memfdExecutable(proc: ProcReader, pid: number, executable: Executable): RunningFile | undefined {
  if (executable.kind !== 'memfd') return undefined
  const { inode, device } = executable.stat.identity
  const open = () => proc.openExecutable(pid)
  return { behaviour: MEMFD_EXECUTABLE, path: executable.path, layer: 'memory', pid, key: `exe ${device} ${inode}`, open }
}
