import { GuardError } from '@guardimesh/kit'

/** Begins a session: clamd then numbers its answers and keeps the connection. */
export const SESSION_START = 'zIDSESSION\0'
/** Asks about the descriptor that travels with these bytes. The last byte is the data byte that clamd expects to carry it. */
export const SCAN_DESCRIPTOR: Uint8Array = Buffer.from('zFILDES\0\0', 'latin1')

/** Longest answer taken: a name of at most PATH_MAX bytes, a signature, and room. A longer one is not clamd speaking. */
const MAX_REPLY_BYTES = 8192
const NUL = 0

/** What clamd says about one file. */
export type ClamdAnswer =
  | { readonly kind: 'ok' }
  | { readonly kind: 'found'; readonly signatureName: string }
  | { readonly kind: 'error'; readonly message: string }

/** An answer with its number in the session; the first command of a session is 1. */
export interface ClamdReply {
  readonly id: number
  readonly answer: ClamdAnswer
}

/** Cuts the bytes of a session into answers. Memory is bounded by one answer. */
export class ReplyReader {
  #rest: Buffer = Buffer.alloc(0)

  /**
   * Takes the next bytes.
   *
   * @returns the answers that are complete now.
   * @throws GuardError ENGINE_ERROR when this is not a session's answer; the connection cannot be read on.
   */
  push(chunk: Buffer): ClamdReply[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const replies: ClamdReply[] = []
    let start = 0
    for (let end = bytes.indexOf(NUL); end !== -1; end = bytes.indexOf(NUL, start)) {
      replies.push(parseReply(bytes.toString('latin1', start, end)))
      start = end + 1
    }
    this.#rest = Buffer.from(bytes.subarray(start))
    if (this.#rest.length > MAX_REPLY_BYTES)
      throw new GuardError('ENGINE_ERROR', `clamd sent ${this.#rest.length} bytes without an end`, { bytes: this.#rest.length })
    return replies
  }
}

/**
 * Reads one answer of a session, without its NUL: `7: fd[12]: OK`. Pure.
 *
 * @throws GuardError ENGINE_ERROR when it has no number, as when clamd refuses the session itself.
 */
export function parseReply(text: string): ClamdReply {
  const numbered = /^(\d{1,9}): (.*)$/s.exec(text)
  if (!numbered) throw new GuardError('ENGINE_ERROR', `clamd refused the session: ${printable(text)}`)
  return { id: Number(numbered[1]), answer: parseAnswer(numbered[2] as string) }
}

/** Reads what follows the number: `fd[12]: OK`, `fd[12]: Name FOUND`, `stream: … ERROR`. Pure; what is unknown is an error, never "ok". */
export function parseAnswer(text: string): ClamdAnswer {
  const colon = text.indexOf(': ')
  const verdict = colon === -1 ? text : text.slice(colon + 2)
  if (verdict === 'OK') return { kind: 'ok' }
  const found = /^(.+) FOUND$/s.exec(verdict)
  if (found) return { kind: 'found', signatureName: signatureNameOf(found[1] as string) }
  return { kind: 'error', message: printable(verdict.replace(/ ?ERROR$/, '')) || 'clamd failed without a reason' }
}

/** With ExtendedDetectionInfo clamd appends `(md5:size)` to the name. */
function signatureNameOf(text: string): string {
  return printable(text.replace(/\([0-9a-f]{32}:\d+\)$/, '')).slice(0, 256) || 'unnamed'
}

/** Engine output is text from outside: what is not printable ASCII becomes "?". */
function printable(text: string): string {
  return text
    .replace(/[^ -~]/g, '?')
    .slice(0, 400)
    .trim()
}
