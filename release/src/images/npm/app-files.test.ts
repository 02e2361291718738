import { expect, test } from 'vitest'
import { architectureNamed } from '../architecture.js'
import { isUsedFile } from './app-files.js'

const x64 = architectureNamed('x64')

test.each([
  { path: 'package.json', isUsed: true },
  { path: 'dist/index.js', isUsed: true },
  { path: 'dist/doc/index.js', isUsed: true },
  { path: 'yara_bg.wasm', isUsed: true },
  { path: 'LICENSE', isUsed: true },
  { path: 'docs', isUsed: false },
  { path: 'test', isUsed: false },
  { path: 'LICENSE.md', isUsed: true },
  { path: 'README.md', isUsed: false },
  { path: 'dist/index.d.ts', isUsed: false },
  { path: 'dist/index.js.map', isUsed: false },
  { path: 'src/index.ts', isUsed: false },
  { path: 'src/bcrypt.cc', isUsed: false },
  { path: 'prebuilds/linux-x64', isUsed: true },
  { path: 'prebuilds/linux-x64/bcrypt.glibc.node', isUsed: true },
  { path: 'prebuilds/linux-x64/bcrypt.musl.node', isUsed: false },
  { path: 'yara-x.linux-x64-gnu.node', isUsed: true },
  { path: 'prebuilds/linux-arm64', isUsed: false },
  { path: 'prebuilds/win32-x64', isUsed: false },
  { path: 'linux_x64', isUsed: true },
  { path: 'musl_x64', isUsed: false },
  { path: 'lib/linux-notes.js', isUsed: true },
])('$path', ({ path, isUsed }) => expect(isUsedFile('some', path, x64)).toBe(isUsed))

test('includes the binaries of the architecture only', () => {
  expect(isUsedFile('bcrypt', 'prebuilds/linux-arm64', architectureNamed('arm64'))).toBe(true)
  expect(isUsedFile('bcrypt', 'prebuilds/linux-x64', architectureNamed('arm64'))).toBe(false)
})

test("excludes TypeORM's copy for browsers", () => {
  expect([isUsedFile('typeorm', 'browser', x64), isUsedFile('debug', 'browser', x64)]).toEqual([false, true])
})

test('rejects an unknown architecture', () => {
  expect(() => architectureNamed('riscv64')).toThrow('unsupported architecture "riscv64": use x64 or arm64')
})
