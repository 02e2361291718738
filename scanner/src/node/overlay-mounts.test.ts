import { expect, test } from 'vitest'
import { parseMountinfo } from './mountinfo.js'
import { rootFileSystem } from './overlay-mounts.js'

const line = (options: string, fileSystem = 'overlay', mountPoint = '/') =>
  `65 42 0:39 / ${mountPoint} rw,relatime shared:1 master:2 - ${fileSystem} overlay ${options}`
const layersOf = (...lines: string[]) => rootFileSystem(parseMountinfo(Buffer.from(lines.join('\n'), 'latin1')))

test.each([
  {
    name: 'several layers',
    lines: [line('rw,lowerdir=/s/9/fs:/s/8/fs,upperdir=/s/10/fs,workdir=/s/10/work')],
    layers: { upperdir: '/s/10/fs', lowerdirs: ['/s/9/fs', '/s/8/fs'] },
  },
  {
    name: 'one option per layer',
    lines: [line('rw,lowerdir+=/a:b,lowerdir+=/c,upperdir=/u/1/fs')],
    layers: { upperdir: '/u/1/fs', lowerdirs: ['/a:b', '/c'] },
  },
  {
    name: 'names with colon, backslash, comma and space',
    lines: [line('rw,lowerdir=/a\\134:b:/c\\134\\134d:/e\\054f,upperdir=/u\\040v/1/fs')],
    layers: { upperdir: '/u v/1/fs', lowerdirs: ['/a:b', '/c\\d', '/e,f'] },
  },
  {
    name: 'names relative to the folder of layers',
    lines: [line('rw,lowerdir=9/fs:8/fs,upperdir=/var/snapshots/10/fs')],
    layers: { upperdir: '/var/snapshots/10/fs', lowerdirs: ['/var/snapshots/9/fs', '/var/snapshots/8/fs'] },
  },
  { name: 'data layers', lines: [line('ro,lowerdir=/a::/data')], layers: { upperdir: '', lowerdirs: ['/a', '/data'] } },
  {
    name: 'other mounts before and after',
    lines: [line('rw', 'proc', '/proc'), line('rw,lowerdir=/a,upperdir=/b/1/fs'), line('rw', 'tmpfs', '/tmp')],
    layers: { upperdir: '/b/1/fs', lowerdirs: ['/a'] },
  },
])('parses $name', ({ lines, layers }) => expect(layersOf(...lines)).toEqual({ kind: 'overlay', layers }))

test('returns the name of another file system', () =>
  expect(layersOf(line('rw,subvol=/x', 'btrfs'))).toEqual({ kind: 'other', name: 'btrfs' }))

test('returns undefined without a root', () => {
  expect(layersOf(line('rw', 'proc', '/proc'))).toBeUndefined()
  expect(layersOf('', 'garbage', '1 2 3 - ')).toBeUndefined()
})

test('preserves bytes of a mount point that are not UTF-8', () => {
  const [mount] = parseMountinfo(Buffer.from('7 1 0:1 / /a\xff\\040b rw - ext4 /dev/x rw', 'latin1'))
  expect(mount?.mountPoint.toString('latin1')).toBe('/a\xff b')
})
