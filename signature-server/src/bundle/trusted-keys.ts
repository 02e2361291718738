import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { namesIn } from '@guardimesh/kit'
import { fingerprintOf, readPublicKey } from '@guardimesh/signature-format'

/**
 * The keys whose signature bundles are taken: files `*.pub` in a folder. Read at each use: a mounted folder changes by itself.
 *
 * @returns none when there is no such folder.
 * @throws GuardError CONFIG_INVALID naming the file that is no public ed25519 key.
 */
export async function readTrustedKeys(folder: string): Promise<KeyObject[]> {
  // Kubernetes mounts files of a ConfigMap beside folders whose names begin with dots.
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.pub') && !name.startsWith('.')).sort()
  return Promise.all(names.map((name) => readPublicKey(join(folder, name))))
}

/** Their fingerprints, "SHA256:…", as `guardimesh signatures keygen` prints them. @throws GuardError CONFIG_INVALID */
export async function trustedFingerprints(folder: string): Promise<string[]> {
  return (await readTrustedKeys(folder)).map(fingerprintOf)
}
