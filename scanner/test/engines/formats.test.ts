import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { MIB_BYTES } from '@guardimesh/contracts'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAr, buildCpio, buildTar, buildZip } from './archive-builders.js'
import { type FormatScanner, startFormatScanner } from './format-scanner.js'

const run = promisify(execFile)
let formats: FormatScanner
beforeAll(async () => {
  formats = await startFormatScanner('formats')
})
afterAll(() => formats[Symbol.asyncDispose]())

const verdictOf = (content: Uint8Array) => formats.verdictOf(content)

const tar = buildTar('eicar.com', eicarBytes())
const member = (content: Buffer, isStored = false) => ({ name: 'member', content, isStored })
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100_000, 'p')])

describe('formats that clamd opens', () => {
  test.each([
    { name: 'tar', content: tar },
    { name: 'tar.gz', content: gzipSync(tar) },
    { name: 'zip', content: buildZip([member(eicarBytes())]) },
    { name: 'stored zip', content: buildZip([member(eicarBytes(), true)]) },
    { name: 'zip after a picture', content: Buffer.concat([png, buildZip([member(eicarBytes())])]) },
    { name: 'cpio', content: buildCpio('eicar.com', eicarBytes()) },
  ])('$name: finding without a gap', async ({ content }) => {
    const { verdict } = await verdictOf(content)
    expect(verdict).toMatchObject({ kind: 'infected', matches: [{ engine: 'clamav' }] })
    expect(verdict).not.toHaveProperty('gaps')
  })
})

/** A ZIP archive in another, several times; each level has a second member. */
const nested = (levels: number) =>
  Array.from({ length: levels }, (_, level) => level).reduce(
    (content, level) => buildZip([{ name: `${level}.zip`, content }, member(Buffer.from(`${levels}-${level}`))]),
    eicarBytes(),
  )
/** EICAR behind other members. */
const after = (...before: readonly Buffer[]) => buildZip([...before.map((content) => member(content)), member(eicarBytes())])
const many = (count: number) => after(...Array.from({ length: count }, (_, n) => Buffer.from(`x${n}`)))

describe('archives at the limits of clamd', () => {
  test.each([
    { name: '10 levels', build: () => nested(10) },
    { name: '16 levels', build: () => nested(16) },
    { name: '9,000 members', build: () => many(9000) },
  ])('$name: finding', async ({ build }) => expect((await verdictOf(build())).verdict).toMatchObject({ kind: 'infected' }))

  test.each([
    { name: '20 levels', build: () => nested(20), detail: /MaxRecursion/ },
    { name: '60 levels', build: () => nested(60), detail: /MaxRecursion/ },
    { name: '12,000 members', build: () => many(12_000), detail: /MaxFiles/ },
  ])('$name: coverage with the limit, never clean and no finding', async ({ build, detail }) => {
    const expected = { kind: 'not-scanned', reason: 'budget_exhausted', detail: expect.stringMatching(detail) }
    expect((await verdictOf(build())).verdict).toMatchObject(expected)
  })

  test('300 MiB of zeros before EICAR: finding', async () => {
    expect((await verdictOf(after(Buffer.alloc(300 * MIB_BYTES)))).verdict).toMatchObject({ kind: 'infected' })
  })
})

const zst = zstdCompressSync(tar)
const skippable = Buffer.concat([Buffer.from('502a4d1804000000', 'hex'), Buffer.alloc(4)])
const large = Buffer.concat([eicarBytes(), Buffer.alloc(5000, 'padding')])

describe('formats that clamd does not open', () => {
  test.each([
    { name: 'Zstandard', content: zst },
    { name: 'Zstandard or LZ4', content: Buffer.concat([skippable, zst]) },
    { name: 'ar archive', content: buildAr('eicar.com', eicarBytes()) },
    { name: 'tar members in the format Zstandard', content: buildTar('layer.tar.zst', zst) },
    { name: 'cpio members in the format Zstandard', content: buildCpio('layer.tar.zst', zst) },
    {
      name: 'data after the end of a cpio archive',
      content: Buffer.concat([buildCpio('microcode', Buffer.from('x')), Buffer.alloc(512), zst]),
    },
    { name: 'ZIP members in the format Zstandard', content: buildZip([member(zst, true)]) },
    { name: 'ZIP members packed with method 93', content: buildZip([member(large)], { method: 93 }) },
    { name: 'ZIP members packed with method 98', content: buildZip([member(large)], { method: 98 }) },
    { name: 'ZIP members whose local header contradicts the directory', content: buildZip([member(large)], { localPackedBytes: 0 }) },
    { name: 'ZIP members whose local header contradicts the directory', content: buildZip([member(large)], { localPackedBytes: 5 }) },
  ])('$name: coverage, never clean', async ({ name, content }) => {
    const { byClamd, verdict } = await verdictOf(content)
    expect(byClamd.kind).toBe('clean')
    expect(verdict).toMatchObject({ kind: 'not-scanned', reason: 'unsupported_format', detail: expect.stringContaining(name) })
  })
})

/** Programs of Debian packages that write other formats. Those that are not installed are covered by the unit test of the magic numbers. */
const PROGRAMS: readonly {
  readonly format: string
  readonly program: string
  readonly args: readonly string[]
  readonly output: string
}[] = [
  { format: 'LZMA', program: '/usr/bin/xz', args: ['--format=lzma', '-k', 'app.tar'], output: 'app.tar.lzma' },
  { format: 'LZ4', program: '/usr/bin/lz4', args: ['-qf', 'app.tar', 'app.lz4'], output: 'app.lz4' },
  { format: 'LZ4', program: '/usr/bin/lz4', args: ['-qfl', 'app.tar', 'legacy.lz4'], output: 'legacy.lz4' },
  { format: 'lzip', program: '/usr/bin/lzip', args: ['-k', 'app.tar'], output: 'app.tar.lz' },
  { format: 'lzop', program: '/usr/bin/lzop', args: ['-q', 'app.tar'], output: 'app.tar.lzo' },
  { format: 'squashfs', program: '/usr/bin/mksquashfs', args: ['source', 'app.squashfs', '-quiet', '-noappend'], output: 'app.squashfs' },
  { format: 'EROFS', program: '/usr/bin/mkfs.erofs', args: ['app.erofs', 'source'], output: 'app.erofs' },
  { format: 'ext file system', program: '/usr/sbin/mkfs.ext4', args: ['-q', '-d', 'source', 'app.ext4', '2M'], output: 'app.ext4' },
  { format: 'QCOW2', program: '/usr/bin/qemu-img', args: ['create', '-q', '-f', 'qcow2', 'app.qcow2', '1M'], output: 'app.qcow2' },
  {
    format: 'ar archive',
    program: '/usr/bin/dpkg-deb',
    args: ['-Zzstd', '--root-owner-group', '-b', 'package', 'app.deb'],
    output: 'app.deb',
  },
]

test.each(PROGRAMS.filter(({ program }) => existsSync(program)))(
  '$output of $program is reported as $format',
  async ({ format, program, args, output }) => {
    const folder = join(formats.folder, 'programs')
    await rm(folder, { recursive: true, force: true })
    for (const path of ['source', 'package/DEBIAN', 'package/opt']) await mkdir(join(folder, path), { recursive: true })
    for (const path of ['source/eicar.com', 'package/opt/eicar.com']) await writeFile(join(folder, path), eicarBytes())
    await writeFile(
      join(folder, 'package/DEBIAN/control'),
      'Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@example.org>\nDescription: x\n',
    )
    await writeFile(join(folder, 'app.tar'), tar)
    await run(program, [...args], { cwd: folder })
    const { byClamd, verdict } = await verdictOf(await readFile(join(folder, output)))
    expect(byClamd.kind).toBe('clean')
    expect(verdict).toMatchObject({ kind: 'not-scanned', reason: 'unsupported_format', detail: `${format}: no engine unpacks it` })
  },
)

/** Formats that only programs write, and that clamd opens or recognizes. */
const OPENED = [
  { name: 'tar.bz2', program: '/usr/bin/bzip2', args: ['-k', 'app.tar'], output: 'app.tar.bz2', verdict: { kind: 'infected' } },
  { name: 'tar.xz', program: '/usr/bin/xz', args: ['-k', 'app.tar'], output: 'app.tar.xz', verdict: { kind: 'infected' } },
  {
    name: 'ISO',
    program: '/usr/bin/genisoimage',
    args: ['-quiet', '-o', 'app.iso', 'source'],
    output: 'app.iso',
    verdict: { kind: 'infected' },
  },
  { name: '7z', program: '/usr/bin/7z', args: ['a', 'app.7z', 'source'], output: 'app.7z', verdict: { kind: 'infected' } },
  {
    ...{ name: '7z with encrypted members', program: '/usr/bin/7z', args: ['a', '-ptest', 'enc.7z', 'source'], output: 'enc.7z' },
    verdict: { kind: 'not-scanned', reason: 'encrypted' },
  },
  {
    ...{
      name: '7z with an encrypted header',
      program: '/usr/bin/7z',
      args: ['a', '-ptest', '-mhe=on', 'head.7z', 'source'],
      output: 'head.7z',
    },
    verdict: { kind: 'not-scanned', reason: 'encrypted' },
  },
]

test.each(OPENED.filter(({ program }) => existsSync(program)))(
  '$name of $program: $verdict.kind',
  async ({ program, args, output, verdict }) => {
    const folder = join(formats.folder, 'opened')
    await rm(folder, { recursive: true, force: true })
    await mkdir(join(folder, 'source'), { recursive: true })
    await writeFile(join(folder, 'source/eicar.com'), eicarBytes())
    await writeFile(join(folder, 'app.tar'), tar)
    await run(program, args, { cwd: folder })
    expect((await verdictOf(await readFile(join(folder, output)))).verdict).toMatchObject(verdict)
  },
)
