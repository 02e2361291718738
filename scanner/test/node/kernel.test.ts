import { execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GuardError } from '@guardimesh/kit'
import { statEntry, statOpened } from '@guardimesh/scanner/node/file-stat.js'
import { isNotRegular, openBeneath, openRegular, openRoot, resolveOnHost } from '@guardimesh/scanner/node/kernel.js'
import { KernelError } from '@guardimesh/scanner/node/libc.js'
import { connectUnix, sendDescriptor } from '@guardimesh/scanner/node/unix-descriptor.js'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
let rootFd: number
let server: Server
const at = (...names: string[]) => join(folder, ...names)
const bytes = (text: string) => Buffer.from(text, 'latin1')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gm-kernel-'))
  mkdirSync(at('layer/inner'), { recursive: true })
  writeFileSync(at('layer/inner/file'), 'content')
  writeFileSync(at('outside'), 'secret')
  writeFileSync(Buffer.concat([Buffer.from(at('layer/')), bytes('\xff\xfe')]), 'not utf-8')
  symlinkSync('../outside', at('layer/link-out'))
  symlinkSync('inner', at('layer/link-folder'))
  symlinkSync(join('/proc/self/root', 'etc/passwd'), at('layer/link-magic'))
  linkSync(at('layer/inner/file'), at('layer/hard'))
  execFileSync('mkfifo', [at('layer/fifo')])
  execFileSync('mknod', [at('layer/null'), 'c', '1', '3'])
  execFileSync('mknod', [at('layer/whiteout'), 'c', '0', '0'])
  server = createServer()
  await new Promise<void>((resolve) => server.listen(at('layer/socket'), resolve))
  rootFd = openRoot('/', at('layer'))
})
afterAll(() => {
  closeSync(rootFd)
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  { name: 'a file', path: 'inner/file', content: 'content' },
  { name: 'a path in the container', path: '/inner/file', content: 'content' },
  { name: 'a name that is not UTF-8', path: '\xff\xfe', content: 'not utf-8' },
])('opens $name', ({ path, content }) => {
  const fd = openBeneath(rootFd, bytes(path))
  expect(readFileSync(fd, 'utf8')).toBe(content)
  closeSync(fd)
})

test('opens a folder only on request', () => {
  const fd = openBeneath(rootFd, bytes('inner'), 'folder')
  expect(statOpened(fd).kind).toBe('directory')
  closeSync(fd)
  expect(() => openBeneath(rootFd, bytes('inner'))).toThrowError(expect.objectContaining({ errno: 'EISDIR' }))
  expect(() => openBeneath(rootFd, bytes('hard'), 'folder')).toThrowError(expect.objectContaining({ errno: 'ENOTDIR' }))
})

test.each([
  { name: 'a link out of the layer', path: 'link-out', errno: 'ELOOP', notRegular: true },
  { name: 'a link within the path', path: 'link-folder/file', errno: 'ELOOP', notRegular: true },
  { name: 'a link to a magic link', path: 'link-magic', errno: 'ELOOP', notRegular: true },
  { name: '".." out of the layer', path: '../outside', errno: 'EXDEV', notRegular: false },
  { name: '".." out of the layer after a name', path: 'inner/../../outside', errno: 'EXDEV', notRegular: false },
  { name: 'a FIFO', path: 'fifo', errno: 'ENXIO', notRegular: true },
  { name: 'a socket', path: 'socket', errno: 'ENXIO', notRegular: true },
  { name: 'a device node', path: 'null', errno: 'ENXIO', notRegular: true },
  { name: 'a whiteout', path: 'whiteout', errno: 'ENXIO', notRegular: true },
  { name: 'a missing file', path: 'nothing', errno: 'ENOENT', notRegular: false },
  { name: 'a zero byte in the path', path: 'inner/file\0x', errno: 'EINVAL', notRegular: false },
  { name: 'a name that is too long', path: 'x'.repeat(300), errno: 'ENAMETOOLONG', notRegular: false },
])('rejects $name', ({ path, errno, notRegular }) => {
  let thrown: unknown
  try {
    openBeneath(rootFd, bytes(path))
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(KernelError)
  expect(thrown).toBeInstanceOf(GuardError)
  expect(thrown).toMatchObject({ code: 'KERNEL_CALL_FAILED', errno, facts: { errno } })
  expect(isNotRegular(thrown)).toBe(notRegular)
})

test('rejects a magic link of /proc beneath a folder, and opens it as a path of this process', () => {
  const procFd = openRoot('/', '/proc/self')
  expect(() => openBeneath(procFd, bytes('exe'))).toThrowError(expect.objectContaining({ errno: 'ELOOP' }))
  closeSync(procFd)
  const fd = openRegular('/proc/self/exe')
  expect(fstatSync(fd).ino).toBe(statSync(process.execPath).ino)
  closeSync(fd)
})

test('leaves no descriptor open after a rejection', () => {
  const openBelow = () =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`).startsWith(at('layer/'))
      } catch {
        return false
      }
    })
  const before = openBelow()
  for (const path of ['fifo', 'socket', 'null', 'link-out', '../outside', 'inner']) expect(() => openBeneath(rootFd, bytes(path))).toThrow()
  expect(openBelow()).toEqual(before)
})

test('does not change the access time by reading', () => {
  execFileSync('touch', ['-a', '-d', '2001-01-01', at('layer/inner/file')])
  const fd = openBeneath(rootFd, bytes('inner/file'))
  readFileSync(fd)
  closeSync(fd)
  expect(statSync(at('layer/inner/file')).atime.getUTCFullYear()).toBe(2001)
})

test('returns the same metadata as fstat', () => {
  const fd = openSync(at('layer/hard'), 'r')
  const { dev, ino, size, ctimeNs, mtimeMs, nlink, uid, gid, mode } = fstatSync(fd, { bigint: true })
  expect(statOpened(fd)).toMatchObject({
    kind: 'regular',
    identity: { device: dev, inode: ino, sizeBytes: size, changedAtNs: ctimeNs },
    linkCount: Number(nlink),
    uid: Number(uid),
    gid: Number(gid),
    mode: Number(mode),
    modifiedAtMs: Number(mtimeMs),
  })
  closeSync(fd)
})

test('reads the metadata of an entry without following links', () => {
  expect(statEntry(rootFd, bytes('link-out')).kind).toBe('symlink')
  expect(statEntry(rootFd, bytes('whiteout'))).toMatchObject({ kind: 'character-device', deviceNumber: 0n })
  expect(statEntry(rootFd, bytes('null')).deviceNumber).toBe(statSync(at('layer/null'), { bigint: true }).rdev)
  for (const name of ['..', 'inner/file'])
    expect(() => statEntry(rootFd, bytes(name))).toThrowError(expect.objectContaining({ errno: 'EINVAL' }))
})

test("resolves absolute links of the node inside the node's root", () => {
  mkdirSync(at('host/run/runtime'), { recursive: true })
  mkdirSync(at('host/var'))
  symlinkSync('/run', at('host/var/run'))
  symlinkSync('../../../../../../outside', at('host/escape'))
  expect(resolveOnHost(at('host'), '/var/run/runtime')).toBe(at('host/run/runtime'))
  expect(() => resolveOnHost(at('host'), '/escape')).toThrowError(expect.objectContaining({ errno: 'ENOENT' }))
})

test('sends a descriptor over a Unix socket together with data', async () => {
  // Python receives it with SCM_RIGHTS, as clamd does, and sends back the data and the content.
  const receiver = [
    'import socket, os, sys',
    's = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(); print("ready", flush=True)',
    'c, _ = s.accept()',
    'data, fds, _, _ = socket.recv_fds(c, 100, 4)',
    'c.sendall(data + b":" + os.read(fds[0], 100))',
  ].join('\n')
  const child = spawn('python3', ['-c', receiver, at('receiver')])
  await new Promise((resolve) => child.stdout.once('data', resolve))
  const socketFd = connectUnix(at('receiver'))
  const fileFd = openBeneath(rootFd, bytes('inner/file'))
  expect(sendDescriptor(socketFd, fileFd, Buffer.from('zFILDES\0'))).toBe(8)
  closeSync(fileFd)
  const socket = new Socket({ fd: socketFd })
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  expect(Buffer.concat(chunks).toString()).toBe('zFILDES\0:content')
  expect(() => sendDescriptor(rootFd, rootFd, Buffer.from('x'))).toThrowError(KernelError)
})

test('throws the reason when a connection fails', () => {
  expect(() => connectUnix(at('nobody'))).toThrowError(expect.objectContaining({ errno: 'ENOENT' }))
  expect(() => connectUnix(`/${'x'.repeat(108)}`)).toThrowError(expect.objectContaining({ errno: 'ENAMETOOLONG' }))
})
