import type { ContainerInfoMessage } from '@guardimesh/contracts'
import type { Executable, ProcReader } from '../node/proc.js'
import { DELETED_EXECUTABLE } from './behaviour.js'
import type { RunningFile } from './running-file.js'
import { mountOf, volumeLayer } from './volume.js'

/** Returns the program of a process if its file has been deleted; else undefined. */
export function deletedBinary(
  proc: ProcReader,
  pid: number,
  executable: Executable,
  container: ContainerInfoMessage,
): RunningFile | undefined {
  if (executable.kind !== 'deleted') return undefined
  const { inode, device } = executable.stat.identity
  const open = () => proc.openExecutable(pid)
  const layer = layerOfDeleted(container, executable.path)
  return { behaviour: DELETED_EXECUTABLE, path: executable.path, layer, pid, key: `exe ${device} ${inode}`, open }
}

/** Determines the layer of a deleted file, from its path only. */
export function layerOfDeleted(container: ContainerInfoMessage, path: Buffer): string {
  const mount = mountOf(container.mounts, path)
  return mount ? volumeLayer(mount) : 'upperdir'
}
