import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { imageLayerFiles, isVisible, visibleLayer } from '@guardimesh/scanner/sources/image-layer.js'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
const layer = (name: string) => join(folder, name)

function write(layerName: string, path: string, content = 'content'): void {
  const file = join(layer(layerName), path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
function whiteOut(layerName: string, path: string): void {
  const file = join(layer(layerName), path)
  mkdirSync(dirname(file), { recursive: true })
  execFileSync('mknod', [file, 'c', '0', '0'])
}
/** Marks a folder as the overlay does when it replaces that of a lower layer. Perl, because Debian has setfattr in an extra package. */
function makeOpaque(layerName: string, path: string): void {
  const target = join(layer(layerName), path)
  mkdirSync(target, { recursive: true })
  const program = `my ($path, $name, $value) = ($ARGV[0], 'trusted.overlay.opaque', 'y');
    syscall(188, $path, $name, $value, 1, 0) == 0 or die "setxattr: $!"`
  execFileSync('perl', ['-e', program, target])
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gm-layer-'))
  for (const path of ['bin/tool', 'etc/kept', 'etc/deleted', 'etc/replaced', 'opaque/old/file', 'gone/file', 'linked/file'])
    write('low', path)
  symlinkSync('tool', join(layer('low'), 'bin/link'))
  execFileSync('mkfifo', [join(layer('low'), 'bin/fifo')])
  write('middle', 'opaque/new')
  makeOpaque('middle', 'opaque')
  whiteOut('middle', 'gone')
  write('middle', 'etc/added')
  whiteOut('top', 'etc/deleted')
  write('top', 'etc/replaced', 'other')
  symlinkSync('/etc', join(layer('top'), 'linked'))
  mkdirSync(join(layer('top'), 'bin'), { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each([
  { path: '/bin/tool', expected: true },
  { path: '/etc/kept', expected: true },
  { path: '/etc/deleted', expected: false },
  { path: '/etc/replaced', expected: false },
  { path: '/opaque/old/file', expected: false },
  { path: '/gone/file', expected: false },
  { path: '/linked/file', expected: false },
])('a file of the lowest layer at $path is visible: $expected', ({ path, expected }) => {
  expect(isVisible('/', [layer('top'), layer('middle')], Buffer.from(path))).toBe(expected)
})

test.each([
  { path: '/bin/tool', expected: 2 },
  { path: '/etc/added', expected: 1 },
  { path: '/etc/replaced', expected: 0 },
  { path: '/opaque/new', expected: 1 },
  { path: '/opaque/old/file', expected: undefined },
  { path: '/etc/deleted', expected: undefined },
  { path: '/etc', expected: undefined },
  { path: '/nowhere', expected: undefined },
])('a container sees $path in layer $expected', ({ path, expected }) => {
  expect(visibleLayer('/', [layer('top'), layer('middle'), layer('low')], Buffer.from(path))).toBe(expected)
})

test('rejects a layer that is gone', () => {
  expect(() => isVisible('/', [layer('none')], Buffer.from('/etc/kept'))).toThrow(/ENOENT/)
})

test('yields the files of a layer without links, pipes and whiteouts', () => {
  const items = (name: string) => [...imageLayerFiles('/', layer(name), `sha256:${name}`)]
  const files = items('low').flatMap((item) => (item.kind === 'file' ? [item.file] : []))
  expect(files.map(({ path }) => path.toString()).sort()).toEqual(
    ['/bin/tool', '/etc/deleted', '/etc/kept', '/etc/replaced', '/gone/file', '/linked/file', '/opaque/old/file'].sort(),
  )
  expect(files[0]).toMatchObject({ layer: 'image:sha256:low', scanSource: 'image_layer' })
  expect(items('low').filter(({ kind }) => kind === 'not-scanned')).toEqual([])
  expect(items('top').map((item) => (item.kind === 'file' ? item.file.path.toString() : item.entry))).toEqual(['/etc/replaced'])
})
