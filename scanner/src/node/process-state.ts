import type { FileStat } from './file-stat.js'

/** A file that a process runs: a file with a name, a deleted file, or an in-memory file. */
export interface RunFile {
  readonly kind: 'normal' | 'deleted' | 'memfd'
  /** Path in the container, raw bytes, without the kernel's suffix " (deleted)". */
  readonly path: Buffer
  readonly stat: FileStat
  /** Name below `/proc/<pid>`, which leads to the file even when it has no path: "exe", "map_files/<range>", "fd/<number>". */
  readonly link: string
}

/** A file that was not touched, because it depends on a server. */
export interface ForeignFile {
  readonly path: Buffer
  readonly mountPoint: Buffer
  readonly fileSystem: string
}

/** The program text that an interpreter runs. */
export type Script =
  | { readonly kind: 'file'; readonly file: RunFile; readonly isExecuted: boolean }
  /** From a pipe or socket, which can be read only once. */
  | { readonly kind: 'stream' }

/** What a process runs, as read by a file worker. */
export interface ProcessState {
  readonly executable: RunFile | undefined
  /** Other files with an executable mapping. */
  readonly libraries: readonly RunFile[]
  /** Deleted or in-memory files that an interpreter has open. */
  readonly openFiles: readonly RunFile[]
  readonly script: Script | undefined
  readonly foreign: readonly ForeignFile[]
  readonly anonymousBytes: number
  /** Number of files that were left out because of the limits. */
  readonly omitted: number
}
