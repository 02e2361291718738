import { expect, test } from 'vitest'
import { isLocalFileSystem } from './file-systems.js'
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
  { name: 'ext4', is: true },
  { name: 'overlay', is: true },
  { name: 'fuse.sshfs', is: false },
  { name: 'nfs4', is: false },
  { name: 'one of a later kernel', is: false },
])('$name is local: $is', ({ name, is }) => expect(isLocalFileSystem(name)).toBe(is))
