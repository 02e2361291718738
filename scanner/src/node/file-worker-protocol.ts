import type { ProcessState } from './process-state.js'

/** A request to a file worker. */
export type FileRequest =
  | { readonly kind: 'read'; readonly hostRoot: string; readonly pids: readonly number[] }
  | { readonly kind: 'open'; readonly hostRoot: string; readonly pid: number; readonly link: string }

/** A failed system call in a file worker. */
export interface FileFailure {
  readonly errno: string
  readonly message: string
  readonly facts: Readonly<Record<string, string | number>>
}

/** The answer of a file worker. Its descriptor, if any, was sent through the channel before. */
export type FileAnswer =
  | { readonly kind: 'states'; readonly states: readonly (ProcessState | FileFailure | undefined)[] }
  | { readonly kind: 'opened'; readonly isElf: boolean }
  | { readonly kind: 'failed'; readonly failure: FileFailure }

/** Descriptor of the channel in a file worker. */
export const CHANNEL_FD = 4
