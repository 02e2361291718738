import type { DatabaseAccess } from './database.js'
import type { PlatformSpec } from './platform-defaults.js'
import type { ChildContext } from './settings.js'

/** Everything that the objects of a platform are made from; the same settings give the same objects, byte for byte. */
export interface PlatformSettings extends ChildContext {
  readonly spec: PlatformSpec
  readonly database: DatabaseAccess
  /** PEM: every authority that is still trusted. */
  readonly caBundle: string
  readonly administratorSecret: string
  readonly signatureKeys: SignatureKeySettings
  /** Hashes of the Secrets that the set-up Job mounts. */
  readonly setUpInputs: unknown
  readonly volumes: Readonly<Record<'postgres' | 'signature-server', LiveVolume | undefined>>
  readonly hasBackendTlsPolicies: boolean
}

/** What of the signature server's keys goes into other objects. */
export interface SignatureKeySettings {
  /** PEM: proves to the scanners that a catalogue is the signature server's. */
  readonly catalogPublicKey: string
  /** Changes with any of the keys: new pods have all of them at once, while files of running ones follow one by one. */
  readonly hash: string
}

/** A volume as it is: what grew by other hands is not shrunk, and only what is bound can grow. */
export interface LiveVolume {
  readonly size: string
  readonly isBound: boolean
}

export const ingestionKeySecret = (ownerName: string): string => `${ownerName}-ingestion-key`
export const administratorSecret = (ownerName: string): string => `${ownerName}-administrator`
