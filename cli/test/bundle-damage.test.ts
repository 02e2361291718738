import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBundle } from '../src/bundle/read-bundle.js'
import { type Entry, keys, type RawBundle, smallBundle, writeRaw } from './fixture/raw-bundle.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guardimesh-damage-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const verify = (path: string) => readBundle(path, keys.publicKey)
const right = smallBundle()
const extra = (path: string): Entry => ({ path, content: Buffer.from('extra') })
/** Overwrites a field in the header of the chart and corrects the checksum. */
const changeChart = (at: number, text: string) => (archive: Buffer) => {
  const start = archive.lastIndexOf('chart/guardimesh-1.0.0.tgz')
  const header = archive.subarray(start, start + 512)
  header.write(text, at)
  header.write('        ', 148)
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  )
  return archive
}

test('accepts the unchanged small bundle', async () => {
  expect((await verify(await writeRaw(join(folder, 'right.tar.zst'), right))).version).toBe('1.0.0')
})

test('rejects a changed byte at any position', async () => {
  const bytes = readFileSync(await writeRaw(join(folder, 'whole.tar.zst'), right))
  const path = join(folder, 'changed.tar.zst')
  const change = fc.tuple(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }))
  const isRefused = async ([at, mask]: [number, number]) => {
    const copy = Buffer.from(bytes)
    copy[at] = (copy[at] ?? 0) ^ mask
    writeFileSync(path, copy)
    await expect(verify(path)).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' })
  }
  await fc.assert(fc.asyncProperty(change, isRefused), { numRuns: 200 })
})

test('rejects a bundle that is truncated at any position', async () => {
  const bytes = readFileSync(await writeRaw(join(folder, 'whole.tar.zst'), right))
  const path = join(folder, 'cut.tar.zst')
  const isRefused = async (length: number) => {
    writeFileSync(path, bytes.subarray(0, length))
    await expect(verify(path)).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' })
  }
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), isRefused), { numRuns: 60 })
})

const without = (path: string): RawBundle => ({ ...right, entries: right.entries.filter((entry) => !entry.path.includes(path)) })
const layerPath = right.entries[4]?.path ?? ''

test.each<{ name: string; bundle: RawBundle; message: string }>([
  { name: 'a path outside of the bundle', bundle: { ...right, entries: [...right.entries, extra('../etc/cron.d/x')] }, message: 'no ".."' },
  {
    name: 'an absolute path',
    bundle: { ...right, entries: [...right.entries, extra('/etc/cron.d/x')] },
    message: 'no "/" at its beginning',
  },
  {
    name: 'a duplicate file',
    bundle: { ...right, entries: [...right.entries, ...right.entries.slice(-1)] },
    message: 'names a file twice',
  },
  {
    name: 'an unlisted file',
    bundle: { ...right, entries: [...right.entries, extra('bin/x')], listed: right.entries },
    message: 'contains the file "bin/x", which is not in its list',
  },
  {
    name: 'an unlisted path outside of the bundle',
    bundle: { ...right, entries: [...right.entries, extra('../x')], listed: right.entries },
    message: 'contains the file "../x"',
  },
  {
    name: 'a missing file',
    bundle: { ...without('chart/'), listed: right.entries },
    message: 'contains the end of the archive instead of the expected entry for chart/guardimesh-1.0.0.tgz',
  },
  {
    name: 'a symbolic link',
    bundle: { ...right, change: changeChart(156, '2') },
    message: 'contains the symbolic link "chart/guardimesh-1.0.0.tgz"',
  },
  { name: 'a device', bundle: { ...right, change: changeChart(156, '3') }, message: 'contains the device' },
  { name: 'an owner', bundle: { ...right, change: changeChart(108, '0001750') }, message: 'instead of the expected entry' },
  {
    name: 'data in the padding',
    bundle: { ...right, change: (archive) => archive.fill('x', archive.lastIndexOf('a chart') + 20, archive.lastIndexOf('a chart') + 21) },
    message: 'hidden data after chart/guardimesh-1.0.0.tgz',
  },
  {
    name: 'changed content',
    bundle: { ...right, change: (archive) => archive.fill('b', archive.lastIndexOf('a chart'), archive.lastIndexOf('a chart') + 1) },
    message: 'chart/guardimesh-1.0.0.tgz is damaged or was changed',
  },
  { name: 'an image without a layer', bundle: without(layerPath), message: 'of an image is missing' },
  {
    name: 'an image that is not in the table',
    bundle: { ...right, imageDigest: `sha256:${'0'.repeat(64)}` },
    message: 'The image platform-operator',
  },
  {
    name: 'a blob without an image',
    bundle: { ...right, entries: [...right.entries, extra(`images/blobs/sha256/${'1'.repeat(64)}`)] },
    message: 'belongs to no image',
  },
])('a bundle with $name is refused', async ({ name, bundle, message }) => {
  await expect(verify(await writeRaw(join(folder, `${name.replaceAll(' ', '-')}.tar.zst`), bundle))).rejects.toThrow(message)
})
