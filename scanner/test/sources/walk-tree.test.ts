import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRoot } from '@guardimesh/scanner/node/kernel.js'
import { KernelError } from '@guardimesh/scanner/node/libc.js'
import type { SourceItem } from '@guardimesh/scanner/sources/found-file.js'
import { upperdirFiles } from '@guardimesh/scanner/sources/upperdir.js'
import { WALK_LIMITS, walkTree } from '@guardimesh/scanner/sources/walk-tree.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'guardimesh-walk-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const options = () => ({ hostRoot: '/', upperdir: root, scanSource: 'upperdir' as const })
const format = (item: SourceItem) =>
  item.kind === 'file'
    ? item.file.path.toString('latin1')
    : `${item.entry.reason} ${item.entry.path.toString('latin1')} ${item.entry.detail}`
const walk = () => [...upperdirFiles(options())].map(format).sort()

describe('a hostile tree', () => {
  test('yields regular files only, and reports all other kinds without opening them', async () => {
    mkdirSync(join(root, 'tmp/deep'), { recursive: true })
    writeFileSync(join(root, 'tmp/deep/file'), 'x')
    writeFileSync(Buffer.concat([Buffer.from(`${root}/tmp/`), Buffer.from([0xff, 0xfe, 0x0a])]), 'not UTF-8')
    symlinkSync('/etc', join(root, 'outside'))
    symlinkSync('/etc/shadow', join(root, 'tmp/shadow'))
    execFileSync('mkfifo', [join(root, 'fifo')])
    execFileSync('mknod', [join(root, 'disk'), 'b', '7', '0'])
    execFileSync('mknod', [join(root, 'whiteout'), 'c', '0', '0'])
    const server = createServer().listen(join(root, 'socket'))
    await new Promise((resolve) => server.once('listening', resolve))
    try {
      expect(walk()).toEqual(
        [
          '/tmp/deep/file',
          '/tmp/\xff\xfe\n',
          'not_regular /disk block-device',
          'not_regular /fifo fifo',
          'not_regular /outside symlink',
          'not_regular /socket socket',
          'not_regular /tmp/shadow symlink',
        ].sort(),
      )
    } finally {
      server.close()
    }
  })

  test('does not follow a folder that is replaced by a link during the walk', () => {
    mkdirSync(join(root, 'a'))
    writeFileSync(join(root, 'a/file'), 'inside')
    const [item] = [...upperdirFiles(options())]
    const rootFd = openRoot('/', root)
    const items = walkTree({ rootFd, mountedAt: Buffer.from('/'), layer: 'upperdir', scanSource: 'upperdir' })
    const first = items.next().value
    rmSync(join(root, 'a'), { recursive: true })
    symlinkSync('/etc', join(root, 'a'))
    expect(item && format(item)).toBe('/a/file')
    if (first?.kind !== 'file') throw new Error('expected a file')
    expect(() => first.file.open()).toThrow(KernelError)
    items.return(undefined)
    closeSync(rootFd)
  })

  test('reports a tree that is too deep or too large', () => {
    mkdirSync(join(root, 'a/b/c'), { recursive: true })
    for (let n = 0; n < 20; n++) writeFileSync(join(root, `file-${n}`), '')
    const shallow = [...upperdirFiles({ ...options(), limits: { ...WALK_LIMITS, maxDepth: 2 } })].map(format)
    expect(shallow).toContain('budget_exhausted /a/b/c deeper than 2 folders')
    const few = [...upperdirFiles({ ...options(), limits: { ...WALK_LIMITS, maxEntries: 5 } })].map(format)
    expect(few.at(-1)).toMatch(/^budget_exhausted \/ stopped after 5 entries/)
    expect(few.length).toBeLessThanOrEqual(6)
  })

  test('reports a folder deeper than PATH_MAX, and walks the rest', () => {
    execFileSync('perl', ['-e', 'chdir $ARGV[0]; for (1..30) { mkdir "d" x 200; chdir "d" x 200 } open my $f, ">", "hidden"', root])
    writeFileSync(join(root, 'sibling'), '')
    const items = walk()
    expect(items).toContain('/sibling')
    expect(items.filter((line) => line.startsWith('unreadable') && line.endsWith('folder: ENAMETOOLONG'))).toHaveLength(1)
  })
})

test('opens a listed file', () => {
  writeFileSync(join(root, 'file'), 'content')
  for (const item of upperdirFiles(options())) {
    if (item.kind !== 'file') throw new Error('expected a file')
    const fd = item.file.open()
    expect(readFileSync(fd, 'utf8')).toBe('content')
    closeSync(fd)
    expect(item.file.stat.identity.sizeBytes).toBe(7n)
  }
})

test('yields each of 20,000 files once', () => {
  for (let folder = 0; folder < 200; folder++) {
    mkdirSync(join(root, `folder-${folder}`))
    for (let n = 0; n < 100; n++) writeFileSync(join(root, `folder-${folder}/file-${n}`), '')
  }
  const paths = [...upperdirFiles(options())].map((item) => (item.kind === 'file' ? item.file.path.toString() : ''))
  expect(new Set(paths).size).toBe(20_000)
})

test('leaves out mounts below the folder, and reports no gap for them', () => {
  for (const folder of ['own', 'mounted']) mkdirSync(join(root, folder))
  writeFileSync(join(root, 'own/file'), '')
  execFileSync('mount', ['-t', 'tmpfs', 'nested', join(root, 'mounted')])
  try {
    writeFileSync(join(root, 'mounted/other'), '')
    const rootFd = openRoot('/', root)
    const items = walkTree({ rootFd, mountedAt: Buffer.from('/v'), layer: 'volume:/v', scanSource: 'volume', hasNestedMounts: true })
    expect([...items].map(format)).toEqual(['/v/own/file'])
    closeSync(rootFd)
  } finally {
    execFileSync('umount', [join(root, 'mounted')])
  }
})
