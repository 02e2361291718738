import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { buildFormatSignatures } from '@guardimesh/scanner/engines/formats/format-signatures.js'
import { FORMATS_FILE } from '@guardimesh/signature-format'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAr, buildCpio, buildTar, buildZip } from './archive-builders.js'
import { type FormatScanner, startFormatScanner } from './format-scanner.js'

const run = promisify(execFile)
let formats: FormatScanner
beforeAll(async () => {
  formats = await startFormatScanner('nested-formats', { [FORMATS_FILE]: buildFormatSignatures() })
})
afterAll(() => formats[Symbol.asyncDispose]())

const verdictOf = async (content: Uint8Array) => (await formats.verdictOf(content)).verdict

const at = (offset: number, hex: string) => Buffer.concat([Buffer.alloc(offset), Buffer.from(hex, 'hex'), Buffer.alloc(64)])
const zst = zstdCompressSync(eicarBytes())
const large = Buffer.concat([eicarBytes(), Buffer.alloc(5000, 'padding')])
const extSuperblock = `53ef0100${'00'.repeat(16)}01000000`

/** Members in formats that clamd does not open. */
const INNER = [
  { format: 'Zstandard', content: zst },
  { format: 'Zstandard or LZ4', content: Buffer.concat([Buffer.from('5a2a4d180000000000000000', 'hex'), zst]) },
  { format: 'LZ4', content: at(0, '04224d18') },
  { format: 'LZMA', content: at(0, `5d00008000${'ff'.repeat(8)}00`) },
  { format: 'LZMA', content: at(0, '5d00000004881300000000000000') },
  { format: 'compress', content: at(0, '1f9d90') },
  { format: 'zpaq', content: at(0, '7a50510201') },
  { format: 'RPM package', content: at(0, 'edabeedb') },
  { format: 'ar archive', content: buildAr('eicar.com', eicarBytes()) },
  { format: 'AppImage', content: at(0, '7f454c4602010100414902') },
  { format: 'squashfs', content: at(0, '68737173') },
  { format: 'EROFS', content: at(1024, 'e2e1f5e0') },
  { format: 'btrfs', content: at(65_600, '5f42485266535f4d') },
  { format: 'ext file system', content: at(1080, extSuperblock) },
  { format: 'ZIP with an unsupported method', content: buildZip([{ name: 'member', content: large }], { method: 93 }) },
]
const inZip = (content: Buffer) => buildZip([{ name: 'member', content }])
/** Containers that only clamd unpacks. */
const OUTER = [
  { container: 'gz', pack: gzipSync },
  { container: 'tar.gz', pack: (content: Buffer) => gzipSync(buildTar('member', content)) },
  { container: 'cpio.gz', pack: (content: Buffer) => gzipSync(buildCpio('member', content)) },
  { container: 'zip', pack: inZip },
  { container: 'zip in zip', pack: (content: Buffer) => inZip(inZip(content)) },
  { container: 'tar.gz in zip', pack: (content: Buffer) => inZip(gzipSync(buildTar('member', content))) },
]

describe('members that no engine unpacks', () => {
  test.each(OUTER.flatMap(({ container, pack }) => INNER.map(({ format, content }) => ({ container, format, archive: pack(content) }))))(
    '$format in $container: coverage, never clean and no finding',
    async ({ format, archive }) => {
      const detail = `a member in the format ${format}: no engine unpacks it`
      expect(await verdictOf(archive)).toEqual({ kind: 'not-scanned', reason: 'unsupported_format', detail })
    },
  )

  test.each(OUTER)('$container without such a member is clean', async ({ pack }) => {
    expect(await verdictOf(pack(Buffer.from('#!/bin/sh\necho hello\n')))).toEqual({ kind: 'clean' })
  })
})

const eicarMember = { name: 'eicar.com', content: eicarBytes() }
const zstMember = { name: 'a.zst', content: zst }
/** Without the two empty blocks at the end, so that another archive can follow. */
const tarOf = (...members: readonly { name: string; content: Buffer }[]) =>
  Buffer.concat([...members.map(({ name, content }) => buildTar(name, content).subarray(0, -1024)), Buffer.alloc(1024)])

test.each([
  { name: 'EICAR after Zstandard in tar.gz', content: gzipSync(tarOf(zstMember, eicarMember)) },
  { name: 'EICAR before Zstandard in tar.gz', content: gzipSync(tarOf(eicarMember, zstMember)) },
  { name: 'EICAR after Zstandard in zip in zip', content: inZip(buildZip([zstMember, eicarMember])) },
  { name: 'EICAR before Zstandard in zip', content: buildZip([eicarMember, zstMember]) },
])('$name is found', async ({ content }) => {
  expect(await verdictOf(content)).toMatchObject({ kind: 'infected', matches: [{ signatureName: 'Test.Eicar.UNOFFICIAL' }] })
})

test.each([
  { name: 'Zstandard', content: zst },
  { name: 'tar members in the format Zstandard', content: tarOf(zstMember) },
  { name: 'ZIP members packed with method 93', content: buildZip([{ name: 'member', content: large }], { method: 93 }) },
])('$name: one gap, with the detail of the header check', async ({ name, content }) => {
  const detail = `${name}: no engine unpacks it`
  expect(await verdictOf(content)).toEqual({ kind: 'not-scanned', reason: 'unsupported_format', detail })
})

/** Debian's p7zip-full or 7zip. */
const SEVEN_ZIP = '/usr/bin/7z'
test.each([SEVEN_ZIP].filter(existsSync))('%s with Zstandard: coverage; with EICAR next to it: finding', async (program) => {
  const folder = join(formats.folder, 'seven')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
  await writeFile(join(folder, 'a.zst'), zst)
  await writeFile(join(folder, 'eicar.com'), eicarBytes())
  const pack = async (output: string, ...names: string[]) => {
    await run(program, ['a', output, ...names], { cwd: folder })
    return await readFile(join(folder, output))
  }
  expect(await verdictOf(await pack('one.7z', 'a.zst'))).toMatchObject({ kind: 'not-scanned', reason: 'unsupported_format' })
  expect(await verdictOf(await pack('two.7z', 'a.zst', 'eicar.com'))).toMatchObject({ kind: 'infected' })
})
