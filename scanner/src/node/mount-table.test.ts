import { expect, test } from 'vitest'
import { fileSystemKind } from './file-system-types.js'
import { mountOfDevice, mountOfPath } from './mount-table.js'
import { parseMountinfo } from './mountinfo.js'

const mounts = parseMountinfo(
  Buffer.from(
    [
      '20 1 0:40 / / rw - overlay overlay rw,upperdir=/u',
      '21 20 0:50 / /net rw - fuse.sshfs server rw',
      '22 21 8:1 / /net/disk rw - ext4 /dev/sda1 rw',
      '23 20 0:51 / /net rw - nfs4 server:/ rw',
    ].join('\n'),
  ),
)

test.each([
  { path: '/bin/sh', fileSystem: 'overlay' },
  { path: '/net', fileSystem: 'nfs4' },
  { path: '/net/program', fileSystem: 'nfs4' },
  { path: '/network/program', fileSystem: 'overlay' },
  { path: '/net/disk/program', fileSystem: 'ext4' },
])('finds the mount of $path: $fileSystem', ({ path, fileSystem }) => {
  expect(mountOfPath(mounts, Buffer.from(path))?.fileSystem).toBe(fileSystem)
})

test('finds the mount of a device', () => {
  expect(mountOfDevice(mounts, '0:50')?.fileSystem).toBe('fuse.sshfs')
  expect(mountOfDevice(mounts, '0:99')).toBeUndefined()
})

test.each([
  { name: 'ext4', kind: 'local' },
  { name: 'overlay', kind: 'local' },
  { name: 'proc', kind: 'kernel' },
  { name: 'fuse.sshfs', kind: 'remote' },
  { name: 'nfs4', kind: 'remote' },
  { name: 'one of a later kernel', kind: 'remote' },
])('$name is $kind', ({ name, kind }) => expect(fileSystemKind(name)).toBe(kind))
