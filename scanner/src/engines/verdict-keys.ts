import type { FileIdentity } from '../node/file-identity.js'

/** Key of a content, and of which engines looked: `<sha256 in hex>:<size>:<engines>`. Pure. */
export function contentKey(sha256: Uint8Array, sizeBytes: number, obfuscation: boolean): string {
  const hex = Buffer.from(sha256.buffer, sha256.byteOffset, sha256.byteLength).toString('hex')
  return `${hex}:${sizeBytes}:${enginesOf(obfuscation)}`
}

/** The SHA-256 inside a content's key. Pure. */
export function sha256OfKey(key: string): Uint8Array {
  return Uint8Array.from(Buffer.from(key.slice(0, 64), 'hex'))
}

/** The size of the content inside its key, bytes. Pure. */
export function sizeBytesOfKey(key: string): number {
  return Number.parseInt(key.slice(65), 10)
}

/** Key of a file as it is now, and of which engines looked. Pure. */
export function identityKey({ device, inode, changedAtNs, sizeBytes }: FileIdentity, obfuscation: boolean): string {
  return `${device.toString(36)}:${inode.toString(36)}:${changedAtNs.toString(36)}:${sizeBytes.toString(36)}:${enginesOf(obfuscation)}`
}

/** True when a file is still what it was. Pure. */
export function isSameIdentity(one: FileIdentity, other: FileIdentity): boolean {
  return (
    one.device === other.device && one.inode === other.inode && one.changedAtNs === other.changedAtNs && one.sizeBytes === other.sizeBytes
  )
}

/** Signatures alone, or obfuscation rules too. */
function enginesOf(obfuscation: boolean): string {
  return obfuscation ? 'so' : 's'
}
