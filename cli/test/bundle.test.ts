import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { readPublicKey, writeKeyPair } from '@guardimesh/signature-format'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { extractBundle } from '../src/bundle/extract-bundle.js'
import { readBundle } from '../src/bundle/read-bundle.js'
import { type BundleParts, buildFrom, makeParts, writeChart } from './fixture/bundle-parts.js'

let folder: string
let parts: BundleParts
let bundle: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guardimesh-bundle-'))
  parts = await makeParts(folder)
  bundle = (await buildFrom(parts, join(folder, 'out')))[0] ?? ''
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const verify = async (path: string) => readBundle(path, await readPublicKey(parts.publicKeyFile))
const copyOf = (name: string, change: (bytes: Buffer) => Buffer) => {
  const path = join(folder, name)
  writeFileSync(path, change(readFileSync(bundle)))
  return path
}

test('builds a complete bundle that tar and zstd can read', async () => {
  const manifest = await verify(bundle)
  expect(basename(bundle)).toBe('guardimesh-9.8.7-x64.tar.zst')
  expect(manifest).toMatchObject({ version: '9.8.7', architecture: 'x64', images: parts.table })
  const listed = execFileSync('tar', ['--zstd', '-tf', bundle], { encoding: 'utf8' }).trim().split('\n')
  expect(listed).toEqual(['bundle.json', 'bundle.json.sig', ...manifest.files.map(({ path }) => path)])
  expect(listed).toEqual(expect.arrayContaining(['chart/guardimesh-9.8.7.tgz', 'bin/guardimesh-linux-x64', 'sbom/backend.cdx.json']))
})

test('builds identical bundles from identical parts', async () => {
  const again = await buildFrom(parts, join(folder, 'again'))
  expect(readFileSync(again[0] ?? '').equals(readFileSync(bundle))).toBe(true)
})

test('extracts the packed files, and leaves nothing of a rejected bundle', async () => {
  const publicKey = await readPublicKey(parts.publicKeyFile)
  const out = join(folder, 'unpacked')
  await extractBundle({ path: bundle, publicKey, folder: out })
  expect(readFileSync(join(out, 'images/index.json'))).toEqual(readFileSync(join(parts.imagesFolder, 'oci/index.json')))
  expect(statSync(join(out, 'bin/guardimesh-linux-x64')).mode & 0o777).toBe(0o755)
  await expect(extractBundle({ path: bundle, publicKey, folder: out })).rejects.toThrow('already exists')
  const cut = copyOf('cut.tar.zst', (bytes) => bytes.subarray(0, bytes.length - 100))
  await expect(extractBundle({ path: cut, publicKey, folder: join(folder, 'never') })).rejects.toThrow('ends early')
  expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([])
})

test('reads all volumes, given any of them; reports a missing one', async () => {
  const out = join(folder, 'volumes')
  const sizeBytes = Math.ceil(statSync(bundle).size / 3)
  const volumes = await buildFrom(parts, out, sizeBytes)
  expect(volumes.map((path) => basename(path).slice(-4))).toEqual(['.001', '.002', '.003'])
  for (const path of [volumes[0], volumes[2], volumes[0]?.slice(0, -4)]) expect((await verify(path ?? '')).version).toBe('9.8.7')
  rmSync(volumes[1] ?? '')
  await expect(verify(volumes[0] ?? '')).rejects.toThrow('guardimesh-9.8.7-x64.tar.zst.002 is missing')
  rmSync(volumes[2] ?? '')
  await expect(verify(volumes[0] ?? '')).rejects.toThrow('its last volume is missing')
  await buildFrom(parts, out)
  expect(readdirSync(out)).toEqual(['guardimesh-9.8.7-x64.tar.zst'])
})

test('rejects a bundle signed with another key', async () => {
  await writeKeyPair(join(folder, 'other'))
  const other = await readPublicKey(join(folder, 'other.pub'))
  await expect(readBundle(bundle, other)).rejects.toThrow('is not signed with the key SHA256:')
  await expect(readPublicKey(parts.keyFile)).rejects.toThrow('use the .pub file')
  await expect(writeKeyPair(join(folder, 'other'))).rejects.toThrow('never overwritten')
  expect(statSync(join(folder, 'other.key')).mode & 0o777).toBe(0o600)
})

test.each([
  { name: 'truncated at its end', change: (bytes: Buffer) => bytes.subarray(0, -1), message: 'ends early' },
  { name: 'truncated in the middle', change: (bytes: Buffer) => bytes.subarray(0, bytes.length / 2), message: 'ends early' },
  { name: 'empty', change: () => Buffer.alloc(0), message: 'ends early' },
  {
    name: 'followed by other data',
    change: (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')]),
    message: 'extra data at the end',
  },
  { name: 'duplicated', change: (bytes: Buffer) => Buffer.concat([bytes, bytes]), message: 'extra data at the end' },
  { name: 'another file format', change: () => Buffer.from('PK\u0003\u0004 something else'), message: 'not a Guardimesh bundle' },
])('a bundle that is $name is refused', async ({ name, change, message }) => {
  await expect(verify(copyOf(`${name.replaceAll(' ', '-')}.tar.zst`, change))).rejects.toThrow(message)
})

test('reports a missing file', async () => {
  await expect(verify(join(folder, 'nothing.tar.zst'))).rejects.toThrow('was not found')
})

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('rejects parts that do not match', async () => {
  const wrong = structuredClone(parts.table)
  wrong.images.console.digest = `sha256:${digest(Buffer.from('other'))}`
  const chartFile = await writeChart(folder, wrong)
  await expect(buildFrom({ ...parts, chartFile }, join(folder, 'w1'))).rejects.toThrow(
    'is for other images (version 9.8.7, differing: console)',
  )
  const imagesFolder = join(folder, 'incomplete')
  cpSync(parts.imagesFolder, imagesFolder, { recursive: true })
  rmSync(join(imagesFolder, 'oci/blobs/sha256', parts.table.images.scanner.digest.slice(7)))
  await expect(buildFrom({ ...parts, imagesFolder }, join(folder, 'w2'))).rejects.toThrow('A part of the bundle is missing')
  mkdirSync(join(folder, 'w3'), { recursive: true })
  expect(readdirSync(join(folder, 'w3'))).toEqual([])
})
