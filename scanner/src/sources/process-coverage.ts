import type { ProcessState } from '../node/process-state.js'
import type { NotScanned } from './found-file.js'

/** Returns what a process runs that cannot be scanned. Pure. @param program path of the process's program. */
export function processCoverage(state: ProcessState, program: Buffer): readonly NotScanned[] {
  const entries = state.foreign.map(({ mountPoint, fileSystem }) => networkFileSystem(mountPoint, fileSystem))
  if (state.anonymousBytes > 0) entries.push(executableMemory(program))
  if (state.script?.kind === 'stream') entries.push(scriptFromStream(program))
  if (state.omitted > 0) entries.push(tooManyLibraries(program))
  const unique = new Map(entries.map((entry) => [`${entry.reason} ${entry.path.toString('latin1')}`, entry]))
  return [...unique.values()]
}

function networkFileSystem(path: Buffer, fileSystem: string): NotScanned {
  const detail = `a program runs from a ${fileSystem} file system, which depends on a server that may never answer`
  return { reason: 'network_file_system', path, count: 1, sizeBytes: 0, detail }
}

/** The entry is the same for all processes of a program, and does not change with the size of the memory: it is reported once. */
function executableMemory(path: Buffer): NotScanned {
  const detail = 'a process of this program has executable memory without a file, as language runtimes use it for compiled code'
  return { reason: 'executable_memory', path, count: 1, sizeBytes: 0, detail }
}

/** Returns the entry for an interpreter that reads its program from a pipe or socket, which can be read only once. Pure. */
export function scriptFromStream(program: Buffer): NotScanned {
  const detail = `the interpreter ${program.toString('latin1')} reads its program from a pipe`
  return { reason: 'executable_memory', path: Buffer.from('/dev/stdin'), count: 1, sizeBytes: 0, detail }
}

function tooManyLibraries(path: Buffer): NotScanned {
  return {
    reason: 'budget_exhausted',
    path,
    count: 1,
    sizeBytes: 0,
    detail: 'a process has mapped too many libraries; the first ones were inspected',
  }
}
