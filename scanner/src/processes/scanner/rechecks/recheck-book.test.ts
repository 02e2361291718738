import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { expect, test } from 'vitest'
import { RecheckBook, type RememberedFile } from './recheck-book.js'

const aFile = (path: string, containerId = 'a', changedAtNs = 1n): RememberedFile => ({
  container: { containerId } as ContainerInfoMessage,
  layer: 'upperdir',
  path: Buffer.from(path),
  inode: 1n,
  scanned: { changedAtNs, sizeBytes: 1n },
  process: undefined,
})
const paths = (files: readonly RememberedFile[]) => files.map(({ path }) => path.toString())

test('returns files when they are due, once', () => {
  const book = new RecheckBook()
  book.addScanned(aFile('/a'), 0)
  book.addScanned(aFile('/b'), 500)
  expect(paths(book.takeDue(1999, 10))).toEqual([])
  expect(paths(book.takeDue(2000, 10))).toEqual(['/a'])
  expect(paths(book.takeDue(2500, 10))).toEqual(['/b'])
  expect(book.size).toBe(0)
})

test('keeps a newer entry when a taken file is put back', () => {
  const book = new RecheckBook()
  book.addScanned(aFile('/a'), 0)
  const [taken] = book.takeDue(2000, 10)
  if (!taken) throw new Error('no file is due')
  book.addScanned(aFile('/a', 'a', 2n), 2000)
  book.putBack({ ...taken, dueAtMs: 1000 })
  expect(book.takeDue(4000, 10)).toMatchObject([{ scanned: { changedAtNs: 2n } }])
})

test('a modification brings a quiet file forward, but not one that changes all the time', () => {
  const book = new RecheckBook()
  book.addScanned(aFile('/quiet'), 0)
  book.addScanned(aFile('/changing'), 0)
  for (const entry of book.takeDue(2000, 10))
    book.putBack({ ...entry, changes: paths([entry])[0] === '/changing' ? 3 : 0, quietChecks: 4, dueAtMs: 60_000 })
  for (const path of ['/quiet', '/changing']) book.addChanged({ ...aFile(path), scanned: undefined }, 10_000)
  expect(book.takeDue(11_000, 10)).toMatchObject([{ scanned: { changedAtNs: 1n }, quietChecks: 0 }])
})

test('a container that writes many files does not displace those of others', () => {
  const book = new RecheckBook()
  for (let n = 0; n < 1000; n++) book.addScanned(aFile(`/${n}`, 'flood'), 0)
  book.addScanned(aFile('/evil', 'quiet'), 0)
  expect(paths(book.takeDue(2000, 1000))).toContain('/evil')
  for (let n = 0; n < 1000; n++) book.addScanned(aFile(`/${n}`, 'flood'), 0)
  expect(book.size).toBe(256)
  book.forgetContainer('flood')
  expect(book.size).toBe(0)
})

test('knows the scanned state of a file', () => {
  const book = new RecheckBook()
  book.addScanned(aFile('/a'), 0)
  expect(book.isScanned(aFile('/a'), { changedAtNs: 1n, sizeBytes: 1n })).toBe(true)
  expect(book.isScanned(aFile('/a'), { changedAtNs: 2n, sizeBytes: 1n })).toBe(false)
  expect(book.isScanned(aFile('/b'), { changedAtNs: 1n, sizeBytes: 1n })).toBe(false)
})

test('keeps no block of memory that other buffers share', () => {
  const book = new RecheckBook()
  const file = aFile('/a/path')
  expect(file.path.buffer.byteLength).toBeGreaterThan(file.path.length)
  book.addScanned(file, 0)
  const [taken] = book.takeDue(2000, 1)
  expect(taken?.path.toString()).toBe('/a/path')
  expect(taken?.path.buffer.byteLength).toBe(file.path.length)
})
