import { type ImportCheck, MIB_BYTES } from '@guardimesh/contracts'
import { GuardError, systemCodeOf } from '@guardimesh/kit'

/** The reason for rejecting an import. */
export interface Refusal {
  readonly check: ImportCheck
  /** What is wrong with which file, and how to fix it. */
  readonly message: string
}

const MAX_MESSAGE_CHARS = 2000
const CHECK = Symbol('check')

/** Creates the error that rejects an import. Any other error is a failure of the server, not of the file. */
export function refusal(check: ImportCheck, message: string, cause?: unknown): GuardError {
  return Object.assign(new GuardError('SIGNATURES_INVALID', message.slice(0, MAX_MESSAGE_CHARS), { check }, { cause }), { [CHECK]: check })
}

/** Returns the refusal in an error; undefined when the imported files did not cause it. Pure. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof GuardError && CHECK in error) return { check: error[CHECK] as ImportCheck, message: error.message }
  const code = systemCodeOf(error)
  return code === 'ENOSPC' || code === 'EDQUOT' ? noSpace() : undefined
}

/** Returns the refusal for a full volume. @param neededBytes undefined when the size is not known in advance. */
export function noSpace(neededBytes?: number, freeBytes?: number): Refusal {
  const figures = neededBytes === undefined ? '' : `: ${mib(neededBytes)} MiB needed, ${mib(freeBytes ?? 0)} MiB free`
  return {
    check: 'disk-space',
    message: `The volume is full${figures}. Remove old files in refused/ or enlarge the volume, then import the files again.`,
  }
}

function mib(bytes: number): number {
  return Math.ceil(bytes / MIB_BYTES)
}
