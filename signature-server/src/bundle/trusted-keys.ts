import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { fingerprintOf, namesIn } from '@guardimesh/kit'
import { readPublicKey } from '@guardimesh/signature-format'

/**
 * Reads the trusted keys: files `*.pub` in a folder. Called for each import, because Kubernetes updates mounted folders at runtime.
 *
 * @returns an empty list when the folder does not exist.
 * @throws GuardError CONFIG_INVALID naming the file that is not a public ed25519 key.
 */
export async function readTrustedKeys(folder: string): Promise<KeyObject[]> {
  // A mounted ConfigMap also contains folders whose names begin with dots.
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.pub') && !name.startsWith('.')).sort()
  return Promise.all(names.map((name) => readPublicKey(join(folder, name))))
}

/** Returns the fingerprints of the trusted keys, as `guardimesh signatures keygen` prints them. @throws GuardError CONFIG_INVALID */
export async function trustedFingerprints(folder: string): Promise<string[]> {
  return (await readTrustedKeys(folder)).map(fingerprintOf)
}
