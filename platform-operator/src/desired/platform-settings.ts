import type { DatabaseAccess } from './database.js'
import type { PlatformSpec } from './platform-defaults.js'
import type { ChildContext } from './settings.js'

/** All inputs of the objects of a platform. The same settings produce the same objects, byte for byte. */
export interface PlatformSettings extends ChildContext {
  readonly spec: PlatformSpec
  readonly database: DatabaseAccess
  /** Ports of the external databases that the pods use or will use, in ascending order. */
  readonly externalDatabasePorts: readonly number[]
  /** PEM of all trusted authorities. */
  readonly caBundle: string
  readonly administratorSecret: string
  readonly signatureKeys: SignatureKeySettings
  /** Changes with the keys that encrypt secrets in the database. */
  readonly encryptionKeyHash: string
  /** Hashes of the Secrets that the set-up Job mounts. */
  readonly setUpInputs: unknown
  readonly volumes: Readonly<Record<'postgres' | 'signature-server', LiveVolume | undefined>>
  readonly hasBackendTlsPolicies: boolean
}

/** Values of the signature server's keys that other objects contain. */
export interface SignatureKeySettings {
  /** PEM of the public key that scanners verify a catalogue with. */
  readonly catalogPublicKey: string
  /** Changes with any key, to replace the pods: in running pods, the mounted files would change one after the other. */
  readonly hash: string
}

/** An existing volume. It cannot shrink, even if another client enlarged it, and it can grow only while it is bound. */
export interface LiveVolume {
  readonly size: string
  readonly isBound: boolean
}

export const ingestionKeySecret = (ownerName: string): string => `${ownerName}-ingestion-key`
/** Name of the Secret with the keys that encrypt secrets in the database. */
export const encryptionKeySecret = (ownerName: string): string => `${ownerName}-encryption-key`
/** Key in the Secret: 32 bytes in base64 in each line. */
export const ENCRYPTION_KEY = 'encryption-key'
export const administratorSecret = (ownerName: string): string => `${ownerName}-administrator`
