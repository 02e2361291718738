import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { fingerprintOf } from '@guardimesh/kit'
import { compress, paddingBytes, signList, TAR_END, tarHeader } from '@guardimesh/signature-format'

export interface Entry {
  readonly path: string
  readonly content: Buffer
}

export interface KeyPair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
  readonly fingerprint: string
}

export function aKeyPair(): KeyPair {
  const pair = generateKeyPairSync('ed25519')
  return { ...pair, fingerprint: fingerprintOf(pair.publicKey) }
}

/** Creates a folder of trusted keys with the layout of a mounted ConfigMap. */
export function trust(folder: string, ...keys: readonly KeyPair[]): string {
  mkdirSync(join(folder, '..data'), { recursive: true })
  for (const [index, { publicKey }] of keys.entries())
    writeFileSync(join(folder, `site-${index}.pub`), publicKey.export({ type: 'spki', format: 'pem' }))
  return folder
}

export interface RawSignatureBundle {
  readonly key: KeyPair
  readonly entries: readonly Entry[]
  /** Files of the list; defaults to `entries`. */
  readonly listed?: readonly { readonly path: string; readonly sizeBytes: number; readonly sha256: string }[]
  readonly createdAt?: string
  /** Overrides fields of the list. */
  readonly list?: object
  /** Modifies the archive before compression. */
  readonly change?: (archive: Buffer) => Buffer
}

export function describeEntry({ path, content }: Entry) {
  return { path, sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
}

/** Builds a bundle with arbitrary content, as anyone with the key could. */
export async function rawSignatureBundle(bundle: RawSignatureBundle): Promise<Buffer> {
  const { key, entries, listed = entries.map(describeEntry), createdAt = '2026-11-21T00:00:00.000Z', change } = bundle
  const list = { format: 1, createdAt, note: 'test', signer: key.fingerprint, files: listed, requires: [], ...bundle.list }
  const bytes = Buffer.from(JSON.stringify(list))
  const all = [
    { path: 'signatures.json', content: bytes },
    { path: 'signatures.json.sig', content: signList(bytes, key.privateKey) },
    ...entries,
  ]
  const parts = all.flatMap(({ path, content }) => [
    tarHeader({ path, sizeBytes: content.length, mode: 0o644 }),
    content,
    Buffer.alloc(paddingBytes(content.length)),
  ])
  const archive = Buffer.concat([...parts, TAR_END])
  return buffer(
    compress(
      (async function* () {
        yield change ? change(archive) : archive
      })(),
    ),
  )
}
