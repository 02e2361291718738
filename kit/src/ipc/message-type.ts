import { errorCodeOf, messageOf } from '../errors/guard-error.js'

/** The part of protobufjs's static classes that this folder uses. */
export interface MessageType<Draft, Message> {
  encode(message: Draft): { finish(): Uint8Array }
  decode(bytes: Uint8Array): Message
}

/** A request or response; a response repeats the id that the client chose for the request. */
export interface Numbered {
  readonly requestId?: number | null
}

/** An error on the wire (`IpcError` in inspector.proto). */
export interface IpcRefusal {
  readonly code?: string | null
  readonly message?: string | null
}

/** Converts an error to its wire form. */
export function refusalOf(error: unknown): { code: string; message: string } {
  return { code: errorCodeOf(error), message: messageOf(error) }
}
