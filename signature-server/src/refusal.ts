import { type ImportCheck, MIB_BYTES } from '@guardimesh/contracts'
import { GuardError, systemCodeOf } from '@guardimesh/kit'

/** Why an import is refused. */
export interface Refusal {
  readonly check: ImportCheck
  /** What is wrong with which file, and what to do. */
  readonly message: string
}

const MAX_MESSAGE_CHARS = 2000
const CHECK = Symbol('check')

/** The error that refuses an import; anything else that is thrown is our trouble, not the file's. */
export function refusal(check: ImportCheck, message: string, cause?: unknown): GuardError {
  return Object.assign(new GuardError('SIGNATURES_INVALID', message.slice(0, MAX_MESSAGE_CHARS), { check }, { cause }), { [CHECK]: check })
}

/** What an error says about an import; undefined when the files are not to blame. Pure. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof GuardError && CHECK in error) return { check: error[CHECK] as ImportCheck, message: error.message }
  const code = systemCodeOf(error)
  return code === 'ENOSPC' || code === 'EDQUOT' ? noSpace() : undefined
}

/** @param neededBytes that were asked for, when it is known beforehand. */
export function noSpace(neededBytes?: number, freeBytes?: number): Refusal {
  const figures = neededBytes === undefined ? '' : `: ${mib(neededBytes)} MiB are needed, ${mib(freeBytes ?? 0)} MiB are free`
  return {
    check: 'disk-space',
    message: `The volume is full${figures}. Remove old files below refused/ or enlarge the volume, then put the files in again.`,
  }
}

function mib(bytes: number): number {
  return Math.ceil(bytes / MIB_BYTES)
}
