import type { KeyObject } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { MIB_BYTES, type SignatureBundleManifest, signatureBundleOf } from '@guardimesh/contracts'
import { fingerprintOf, messageOf } from '@guardimesh/kit'
import { archiveFaultOf, freeBytesIn, readSignatureArchive, type SignatureKind, unpackFile } from '@guardimesh/signature-format'
import { noSpace, refusal } from '../refusal.js'
import { readTrustedKeys } from './trusted-keys.js'

/** Maximum size of the files in a bundle, as for a generation. */
const MAX_BUNDLE_BYTES = 8192 * MIB_BYTES
const MODE = 0o644

export interface BundleSource {
  /** The bundle, or one of its volumes; all volumes are in one folder. */
  readonly path: string
  /** Folder of `*.pub` files; undefined when none is configured. */
  readonly trustedKeysFolder: string | undefined
  /** Empty folder; removed when the bundle is rejected. */
  readonly targetFolder: string
}

/** A file of a bundle, verified against the bundle's signature. */
export interface BundledFile {
  readonly name: string
  readonly kind: SignatureKind
  /** Path of the unpacked file. */
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
 * Verifies and unpacks a signature bundle in one pass. Writes only files of the signed list, after its signature was verified and the free
 * space checked.
 *
 * @throws the refusal, checks `bundle`, `bundle-signature`, `size`, `disk-space`; `isAwaitingVolume` detects missing volumes.
 */
export async function readSignatureBundle(source: BundleSource, signal: AbortSignal): Promise<SignatureBundle> {
  const { path, targetFolder } = source
  const name = basename(path)
  const publicKeys = await requireTrustedKeys(name, source.trustedKeysFolder)
  const files: BundledFile[] = []
  try {
    const { list, signer } = await readSignatureArchive(path, publicKeys, {
      onList: (manifest) => requireSpace(name, manifest, targetFolder),
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
 * True when a bundle was rejected because a volume is missing, either one in the middle or the last one. The refusal names the volume if it
 * is known.
 */
export function isAwaitingVolume(error: unknown, name: string): boolean {
  const fault = archiveFaultOf(error instanceof Error ? error.cause : undefined)
  return signatureBundleOf(name) !== name && (fault === 'missing' || fault === 'ends-early')
}

async function requireTrustedKeys(name: string, folder: string | undefined): Promise<KeyObject[]> {
  const advice =
    'Add the public key (.pub) that signatures are packed with to the trusted keys (signatureServer.trustedKeys), then import the bundle again.'
  let keys: KeyObject[]
  try {
    keys = folder === undefined ? [] : await readTrustedKeys(folder)
  } catch (error) {
    throw refusal('bundle-signature', `${name} cannot be verified: ${messageOf(error)} Correct the trusted keys.`, error)
  }
  if (keys.length === 0) throw refusal('bundle-signature', `${name} cannot be verified: no key is trusted. ${advice}`)
  return keys
}

async function requireSpace(name: string, manifest: SignatureBundleManifest, folder: string): Promise<void> {
  const neededBytes = manifest.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (neededBytes > MAX_BUNDLE_BYTES)
    throw refusal('size', `${name} is too large: it contains ${neededBytes} bytes (maximum ${MAX_BUNDLE_BYTES}). Pack fewer files.`)
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
