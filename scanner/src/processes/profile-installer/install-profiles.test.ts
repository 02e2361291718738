import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@guardimesh/kit'
import { SECCOMP_PROFILES } from '@guardimesh/kit/seccomp/seccomp-profiles'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { installProfiles } from './install-profiles.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profiles-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const install = () => installProfiles({ config: { profilesFolder: folder, logLevel: 'silent' }, log: createLogger('test', 'silent') })
const { antivirus } = SECCOMP_PROFILES
const fileNames = Object.values(SECCOMP_PROFILES).map(({ fileName }) => fileName)

test('writes each profile once, readable for all, and keeps files of other releases', async () => {
  await writeFile(join(folder, 'antivirus-0123456789ab.json'), '{}')
  await install()
  expect((await readdir(folder)).sort()).toEqual(['antivirus-0123456789ab.json', ...fileNames].sort())
  const path = join(folder, antivirus.fileName)
  expect(await readFile(path, 'utf8')).toBe(antivirus.content)
  const { ino, mode } = await stat(path)
  expect(mode & 0o777).toBe(0o644)
  await install()
  expect((await stat(path)).ino).toBe(ino)
})

test('replaces incomplete files, also those of an interrupted run', async () => {
  await writeFile(join(folder, antivirus.fileName), antivirus.content.slice(0, 100))
  await writeFile(join(folder, `.${antivirus.fileName}.new`), 'x')
  await install()
  expect(await readFile(join(folder, antivirus.fileName), 'utf8')).toBe(antivirus.content)
  expect((await readdir(folder)).sort()).toEqual([...fileNames].sort())
})

test('replaces links and does not write to their targets', async () => {
  const target = join(folder, 'target')
  await writeFile(target, 'original')
  for (const name of [antivirus.fileName, `.${antivirus.fileName}.new`]) await symlink(target, join(folder, name))
  await install()
  expect((await lstat(join(folder, antivirus.fileName))).isFile()).toBe(true)
  expect(await readFile(target, 'utf8')).toBe('original')
})

test('reports the folder that it cannot write to', async () => {
  await rm(folder, { recursive: true })
  await expect(install()).rejects.toThrow(folder)
})
