import { GuardError } from '@guardimesh/kit'

/** Starts a session, in which clamd keeps the connection and numbers its answers. */
export const SESSION_START = 'zIDSESSION\0'
/** Scans the descriptor that is passed along with these bytes. The last byte is the data byte that must accompany the descriptor. */
export const SCAN_DESCRIPTOR: Uint8Array = Buffer.from('zFILDES\0\0', 'latin1')

/** Maximum length of an answer: a path of PATH_MAX bytes, a signature name and a margin. */
const MAX_REPLY_BYTES = 8192
const NUL = 0

/** Answer of clamd about one file. */
export type ClamdAnswer =
  | { readonly kind: 'ok' }
  | { readonly kind: 'found'; readonly signatureName: string }
  | { readonly kind: 'error'; readonly message: string }

/** An answer with its number in the session. The first command of a session has number 1. */
export interface ClamdReply {
  readonly id: number
  readonly answer: ClamdAnswer
}

/** Splits the byte stream of a session into answers. Buffers at most one answer. */
export class ReplyReader {
  #rest: Buffer = Buffer.alloc(0)

  /**
   * Parses the next bytes.
   *
   * @returns the answers that are now complete.
   * @throws GuardError ENGINE_ERROR when the bytes are no answer; the connection is unusable then.
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
      throw new GuardError('ENGINE_ERROR', `clamd sent ${this.#rest.length} bytes without an end of the answer`, {
        bytes: this.#rest.length,
      })
    return replies
  }
}

/**
 * Parses one answer of a session, without its NUL: `7: fd[12]: OK`. Pure.
 *
 * @throws GuardError ENGINE_ERROR when it has no number, for example when clamd rejects the session itself.
 */
export function parseReply(text: string): ClamdReply {
  const numbered = /^(\d{1,9}): (.*)$/s.exec(text)
  if (!numbered) throw new GuardError('ENGINE_ERROR', `clamd rejected the session: ${printable(text)}`)
  return { id: Number(numbered[1]), answer: parseAnswer(numbered[2] as string) }
}

/** Parses an answer without its number: `fd[12]: OK`, `fd[12]: Name FOUND`, `stream: … ERROR`. Unknown text is an error, never "ok". Pure. */
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

/** Engine output is untrusted: characters other than printable ASCII become "?". */
function printable(text: string): string {
  return text
    .replace(/[^ -~]/g, '?')
    .slice(0, 400)
    .trim()
}
