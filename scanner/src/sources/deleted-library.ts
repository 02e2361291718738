import type { ContainerInfoMessage } from '@guardimesh/contracts'
import type { ProcReader } from '../node/proc.js'
import { DELETED_LIBRARY, MEMFD_LIBRARY } from './behaviour.js'
import { layerOfDeleted } from './deleted-binary.js'
import { openElf, type RunningFile } from './running-file.js'

/** Maximum number of reported libraries per process. */
const MAX_LIBRARIES = 64

/** Returns the libraries that a process has mapped as executable and whose files were deleted or never existed. */
export function deletedLibraries(proc: ProcReader, pid: number, container: ContainerInfoMessage): RunningFile[] {
  return proc
    .mappedDeletedFiles(pid)
    .slice(0, MAX_LIBRARIES)
    .map((file) => ({
      behaviour: file.kind === 'memfd' ? MEMFD_LIBRARY : DELETED_LIBRARY,
      path: file.path,
      layer: file.kind === 'memfd' ? 'memory' : layerOfDeleted(container, file.path),
      pid,
      key: `map ${file.range} ${file.path.toString('latin1')}`,
      open: () => openElf(() => proc.openMapped(pid, file)),
    }))
}
