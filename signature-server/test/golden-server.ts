import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { expect, vi } from 'vitest'
import { writeStarterSet } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'

const TOOL = 'echo this tool is harmless\n'

/** A folder with a starter set and a certificate authority for test servers. */
export interface TestEnvironment extends AsyncDisposable {
  readonly folder: string
  readonly authority: TestAuthority
}

export async function aTestEnvironment(name: string): Promise<TestEnvironment> {
  const folder = await temporaryFolder(name)
  const authority = await createAuthority(name)
  await writeStarterSet(folder)
  const dispose = async () => {
    for (const one of [folder, authority.folder]) await rm(one, { recursive: true, force: true })
  }
  return { folder, authority, [Symbol.asyncDispose]: dispose }
}

/** Starts a server with one file in its golden set and waits until it is ready. */
export async function aGoldenServer(
  { folder, authority }: TestEnvironment,
  volume: string,
  env: Record<string, string> = {},
): Promise<RunningServer> {
  const server = await startServer({ folder, authority, volume: join(folder, volume), env })
  await mkdir(join(server.volume, 'golden', 'bin'), { recursive: true })
  await writeFile(join(server.volume, 'golden', 'bin', 'tool'), TOOL)
  await vi.waitFor(async () => expect((await server.get('/readyz')).status).toBe(200), { timeout: 40_000, interval: 50 })
  return server
}

export interface ExpectedRejection {
  readonly check: string
  readonly message: RegExp
}

/** Imports files and asserts that the first one is rejected with this reason and nothing else changes. */
export async function expectRejected(server: RunningServer, files: Record<string, string | Buffer>, { check, message }: ExpectedRejection) {
  const before = await server.catalog()
  await server.put(files)
  const [first = ''] = Object.keys(files).filter((name) => !name.endsWith('.allow-downgrade'))
  const rejected = await server.ended(first)
  expect(rejected).toMatchObject({ state: 'refused', check, message: expect.stringMatching(message), generation: '' })
  const kept = join(server.volume, 'refused', rejected.importId)
  expect(await readFile(join(kept, 'reason.txt'), 'utf8')).toBe(`${rejected.message}\n`)
  expect(existsSync(join(kept, first))).toBe(true)
  await expectStillServed(server, before)
  return rejected
}

/** Asserts that the active generation is unchanged and complete, and that no draft remains. */
export async function expectStillServed(server: RunningServer, before: Awaited<ReturnType<RunningServer['catalog']>>) {
  expect(await server.catalog()).toEqual(before)
  expect(await readlink(join(server.volume, 'current'))).toContain(before.generation)
  for (const { path, sizeBytes } of before.files)
    expect((await server.get(`/v1/generations/${before.generation}/${path}`)).body.length).toBe(sizeBytes)
  const drafts = (await readdir(join(server.volume, 'generations'))).filter((name) => name.startsWith('.'))
  expect(drafts).toEqual([])
}
