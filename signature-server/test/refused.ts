import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { expect, vi } from 'vitest'
import { writeStarterSet } from './databases.js'
import { type RunningServer, startServer } from './running-server.js'

const TOOL = 'echo this tool is harmless\n'

/** A folder for servers, and what they share. */
export interface Room extends AsyncDisposable {
  readonly folder: string
  readonly authority: TestAuthority
}

export async function aRoom(name: string): Promise<Room> {
  const folder = await temporaryFolder(name)
  const authority = await createAuthority(name)
  await writeStarterSet(folder)
  const dispose = async () => {
    for (const one of [folder, authority.folder]) await rm(one, { recursive: true, force: true })
  }
  return { folder, authority, [Symbol.asyncDispose]: dispose }
}

/** A server of its own with one harmless file in its golden set, ready. */
export async function aGoldenServer({ folder, authority }: Room, volume: string, env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServer({ folder, authority, volume: join(folder, volume), env })
  await mkdir(join(server.volume, 'golden', 'bin'), { recursive: true })
  await writeFile(join(server.volume, 'golden', 'bin', 'tool'), TOOL)
  await vi.waitFor(async () => expect((await server.get('/readyz')).status).toBe(200), { timeout: 40_000, interval: 50 })
  return server
}

export interface Expected {
  readonly check: string
  readonly says: RegExp
}

/** Puts files in and expects that the first is refused with that reason, and that nothing else changes. */
export async function expectRefused(server: RunningServer, files: Record<string, string | Buffer>, { check, says }: Expected) {
  const before = await server.catalog()
  await server.put(files)
  const [first = ''] = Object.keys(files).filter((name) => !name.endsWith('.allow-downgrade'))
  const refused = await server.ended(first)
  expect(refused).toMatchObject({ state: 'refused', check, message: expect.stringMatching(says), generation: '' })
  const kept = join(server.volume, 'refused', refused.importId)
  expect(await readFile(join(kept, 'reason.txt'), 'utf8')).toBe(`${refused.message}\n`)
  expect(existsSync(join(kept, first))).toBe(true)
  await expectStillServed(server, before)
  return refused
}

/** The live generation is the same, whole, and in force; no draft is left. */
export async function expectStillServed(server: RunningServer, before: Awaited<ReturnType<RunningServer['catalog']>>) {
  expect(await server.catalog()).toEqual(before)
  expect(await readlink(join(server.volume, 'current'))).toContain(before.generation)
  for (const { path, sizeBytes } of before.files)
    expect((await server.get(`/v1/generations/${before.generation}/${path}`)).body.length).toBe(sizeBytes)
  const drafts = (await readdir(join(server.volume, 'generations'))).filter((name) => name.startsWith('.'))
  expect(drafts).toEqual([])
}
