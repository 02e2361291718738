import type { KeyObject } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { MIB_BYTES, type SignatureBundleManifest, signatureBundleOf } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import {
  archiveFaultOf,
  fingerprintOf,
  freeBytesIn,
  readSignatureArchive,
  type SignatureKind,
  unpackFile,
} from '@guardimesh/signature-format'
import { noSpace, refusal } from '../refusal.js'
import { readTrustedKeys } from './trusted-keys.js'

/** As a generation: the official set takes 0.3 GiB. */
const MAX_BUNDLE_BYTES = 8192 * MIB_BYTES
const MODE = 0o644

export interface BundleSource {
  /** The bundle, or one of its volumes, which lie in one folder. */
  readonly path: string
  /** Holds `*.pub`; undefined when none is configured. */
  readonly trustedKeysFolder: string | undefined
  /** Empty. It is gone when the bundle is refused. */
  readonly targetFolder: string
}

/** A file that was in a bundle, proved by the bundle's signature to be what the packer put in. */
export interface BundledFile {
  readonly name: string
  readonly kind: SignatureKind
  /** Where it is now. */
  readonly path: string
  readonly sizeBytes: number
}

export interface SignatureBundle {
  readonly manifest: SignatureBundleManifest
  /** Fingerprint of the trusted key that signed it. */
  readonly signedBy: string
  readonly files: readonly BundledFile[]
}

/**
 * Proves a signature bundle and unpacks it on the way, in one pass: nothing is written but what the signed list names, and only once its
 * signature is right and there is room for all of it.
 *
 * @throws the refusal, checks `bundle`, `bundle-signature`, `size`, `disk-space`; `isAwaitingVolume` tells those that another volume may mend.
 */
export async function readSignatureBundle(source: BundleSource, signal: AbortSignal): Promise<SignatureBundle> {
  const { path, targetFolder } = source
  const name = basename(path)
  const publicKeys = await requireTrustedKeys(name, source.trustedKeysFolder)
  const files: BundledFile[] = []
  try {
    const { list, signer } = await readSignatureArchive(path, publicKeys, {
      onList: (manifest) => requireRoom(name, manifest, targetFolder),
      onFile: async (file, chunks) => {
        const target = join(targetFolder, file.path)
        await unpackFile(target, MODE, untilAborted(chunks, signal))
        files.push({ name: basename(file.path), kind: kindOf(file.path), path: target, sizeBytes: file.sizeBytes })
      },
    })
    return { manifest: list, signedBy: signer ? fingerprintOf(signer) : '', files }
  } catch (error) {
    await rm(targetFolder, { recursive: true, force: true })
    const fault = archiveFaultOf(error)
    if (fault === undefined || fault === 'unreadable') throw error
    throw refusal(fault === 'signature' ? 'bundle-signature' : 'bundle', `${name}: ${messageOf(error)}`, error)
  }
}

/**
 * True when a refused bundle is in volumes and may be right once another one arrives: one between others is missing, or the last one is. The
 * refusal names it where it can be known.
 */
export function isAwaitingVolume(error: unknown, name: string): boolean {
  const fault = archiveFaultOf(error instanceof Error ? error.cause : undefined)
  return signatureBundleOf(name) !== name && (fault === 'missing' || fault === 'ends-early')
}

async function requireTrustedKeys(name: string, folder: string | undefined): Promise<KeyObject[]> {
  const advice =
    'Add the .pub file of whoever packs the signatures to the trusted keys (signatureServer.trustedKeys), then put the bundle in again.'
  let keys: KeyObject[]
  try {
    keys = folder === undefined ? [] : await readTrustedKeys(folder)
  } catch (error) {
    throw refusal('bundle-signature', `${name} cannot be proved: ${messageOf(error)} Correct the trusted keys.`, error)
  }
  if (keys.length === 0) throw refusal('bundle-signature', `${name} cannot be proved: no key is trusted. ${advice}`)
  return keys
}

async function requireRoom(name: string, manifest: SignatureBundleManifest, folder: string): Promise<void> {
  const neededBytes = manifest.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (neededBytes > MAX_BUNDLE_BYTES)
    throw refusal('size', `${name} holds ${neededBytes} bytes, at most ${MAX_BUNDLE_BYTES} are taken. Pack less into it.`)
  const freeBytes = await freeBytesIn(folder)
  if (freeBytes >= neededBytes) return
  const { check, message } = noSpace(neededBytes, freeBytes)
  throw refusal(check, message)
}

function kindOf(path: string): SignatureKind {
  return path.startsWith('yara/') ? 'yara' : 'clamav'
}

async function* untilAborted(chunks: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    signal.throwIfAborted()
    yield chunk
  }
}
