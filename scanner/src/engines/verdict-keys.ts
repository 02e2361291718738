import type { FileIdentity } from '../node/file-identity.js'

/** What a verdict depends on in addition to the content and the signatures. */
export interface VerdictScope {
  /** Part of a file's key: the engines, and the name that obfuscation rules would see. A renamed or linked file is another file. */
  readonly file: string
  /** Part of a content's key. Without the name when the rules do not cover the content, because its name is irrelevant then. */
  readonly content: string
}

/** Returns the part of a file's key that depends on its path: "s" for signatures only, "so:<name>" with obfuscation rules. Pure. */
export function fileScope(obfuscation: boolean, path: Buffer): string {
  return obfuscation ? `so:${baseName(path)}` : 's'
}

/** @param isCovered whether the obfuscation rules apply to this content, or to what is packed in it, under this path. Pure. */
export function verdictScope(obfuscation: boolean, isCovered: boolean, path: Buffer): VerdictScope {
  const file = fileScope(obfuscation, path)
  return { file, content: isCovered || !obfuscation ? file : 'so' }
}

/** Returns the cache key of a content: `<sha256 in hex>:<size>:<scope>`. Pure. */
export function contentKey(sha256: Uint8Array, sizeBytes: number, scope: VerdictScope): string {
  const hex = Buffer.from(sha256.buffer, sha256.byteOffset, sha256.byteLength).toString('hex')
  return flatKey([hex, sizeBytes, scope.content])
}

/** Parses the SHA-256 from a content's key. Pure. */
export function sha256OfKey(key: string): Uint8Array {
  return Uint8Array.from(Buffer.from(key.slice(0, 64), 'hex'))
}

/** Returns the size in bytes that a content's key contains. Pure. */
export function sizeBytesOfKey(key: string): number {
  return Number.parseInt(key.slice(65), 10)
}

/** Returns the cache key of a file's identity. Pure. @param scope see `fileScope`. */
export function identityKey({ device, inode, changedAtNs, sizeBytes }: FileIdentity, scope: string): string {
  return flatKey([device.toString(36), inode.toString(36), changedAtNs.toString(36), sizeBytes.toString(36), scope])
}

/** True when a file has not changed. Pure. */
export function isSameIdentity(one: FileIdentity, other: FileIdentity): boolean {
  return (
    one.device === other.device && one.inode === other.inode && one.changedAtNs === other.changedAtNs && one.sizeBytes === other.sizeBytes
  )
}

/** The last part of a path; one character per byte, so that different names have different keys. */
function baseName(path: Buffer): string {
  return path.toString('latin1', path.lastIndexOf(0x2f) + 1)
}

/** V8 would keep a concatenated string as a tree of its parts, which needs several times the memory: maps compare hashes and never flatten it. */
function flatKey(parts: readonly (string | number)[]): string {
  return parts.join(':')
}
