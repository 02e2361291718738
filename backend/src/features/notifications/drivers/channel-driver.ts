import type { SecureContext } from 'node:tls'
import type { NotificationChannelKind, TargetChange } from '@guardimesh/contracts'
import type { Message } from './message.js'
import type { ReceiverAddresses } from './receiver-addresses.js'

/** Non-secret settings of a channel of one kind. */
export type ChannelSettings<Kind extends NotificationChannelKind = NotificationChannelKind> = Kind extends unknown
  ? Omit<TargetChange<Kind>, 'headers' | 'secret'>
  : never

/** Secrets of a channel. They are encrypted in the database and sent to the receiver only. */
export interface ChannelSecrets<Value = string> {
  readonly headers: readonly { readonly name: string; readonly value: Value }[]
  /** HMAC key, password, token or address, depending on the kind; null: none. */
  readonly secret: Value | null
}

/** Phase that an attempt reached. */
export type Phase = 'name' | 'connect' | 'tls' | 'answer'

/** Outcome of one attempt. */
export type Outcome =
  | { readonly kind: 'answered'; readonly statusCode: number; readonly durationMs: number }
  /** Accepted by a protocol without a status, or although the status is not 2xx. */
  | { readonly kind: 'delivered'; readonly statusCode: number | null; readonly durationMs: number }
  /** A mail server rejected a command. */
  | { readonly kind: 'rejected'; readonly statusCode: number; readonly command: string; readonly durationMs: number }
  | {
      readonly kind: 'failed'
      readonly phase: Phase
      /** Code of Node or OpenSSL, "TIMEOUT" after a timeout, or empty. */
      readonly code: string
      readonly message: string
      readonly durationMs: number
    }
  /** The process is stopping. */
  | { readonly kind: 'interrupted' }

/** How an attempt connects. */
export interface Transport {
  /** Timeout from name resolution to the acceptance of the message. */
  readonly timeoutMs: number
  readonly isTlsVerified: boolean
  /** Trusted certificate authorities; undefined if certificates are not verified. */
  readonly authorities: SecureContext | undefined
  /** Addresses that the message may be sent to. */
  readonly addresses: Pick<ReceiverAddresses, 'isAllowed' | 'lookup'>
  /** Aborts the attempt. */
  readonly signal: AbortSignal
}

/** One attempt to send a message. */
export interface SendJob<Settings = ChannelSettings> {
  readonly message: Message
  readonly settings: Settings
  readonly secrets: ChannelSecrets
  readonly transport: Transport
}

/** Sends messages to receivers of one kind. */
export interface ChannelDriver<Settings = ChannelSettings> {
  /** Sends the message once. Never rejects. */
  send(job: SendJob<Settings>): Promise<Outcome>
}
