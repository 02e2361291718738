import { errorCodeOf, messageOf } from '../errors/guard-error.js'

/** What protobufjs's static classes offer, and all that this folder needs of them. */
export interface MessageType<Draft, Message> {
  encode(message: Draft): { finish(): Uint8Array }
  decode(bytes: Uint8Array): Message
}

/** Every question carries an id of the asker's choice, which comes back in its answers. */
export interface Numbered {
  readonly requestId?: number | null
}

/** A refusal on the wire (`IpcError` in inspector.proto). */
export interface IpcRefusal {
  readonly code?: string | null
  readonly message?: string | null
}

/** The refusal that tells an error. */
export function refusalOf(error: unknown): { code: string; message: string } {
  return { code: errorCodeOf(error), message: messageOf(error) }
}
