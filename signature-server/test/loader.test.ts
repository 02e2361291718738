import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aGoldenServer, aRoom, expectRefused, expectStillServed, type Room } from './refused.js'

let room: Room
beforeAll(async () => {
  room = await aRoom('signature-loader')
})
afterAll(() => room[Symbol.asyncDispose]())

/** Each line takes ClamAV some 25 ms and 9 MiB to load. */
const slowDatabase = (lines: number) =>
  Array.from({ length: lines }, (_, n) => `Test.Slow.${n}:CL_TYPE_ZIP:*:((a{1,60}){1,60}){1,60}x${n}:*:*:*:*:*:*\n`).join('')

test('refused: a database that the loader never gets done with', async () => {
  await using server = await aGoldenServer(room, 'hangs', { TEST_LOAD_SECONDS: '5' })
  await expectRefused(server, { 'hangs.cdb': slowDatabase(2000) }, { check: 'test-load', says: /clamscan was not done in 5000 ms/ })
})

test('refused: a database that takes more memory than there is', async () => {
  await using server = await aGoldenServer(room, 'memory', { TEST_LOAD_MEMORY_MIB: '200' })
  await expectRefused(server, { 'greedy.cdb': slowDatabase(500) }, { check: 'test-load', says: /more than 209715200 bytes of memory/ })
})

test('refused: a database with which the loader crashes', async () => {
  await using server = await aGoldenServer(room, 'crashes')
  const before = await server.catalog()
  await server.put({ 'crashes.cdb': slowDatabase(300) })
  const loaderId = await vi.waitFor(() => loaderOf(server.volume), { timeout: 40_000, interval: 20 })
  process.kill(loaderId, 'SIGSEGV')
  expect(await server.ended('crashes.cdb')).toMatchObject({
    state: 'refused',
    check: 'test-load',
    message: expect.stringMatching(/clamscan (was killed|ended)/),
  })
  await expectStillServed(server, before)
})

test('refused: what switches off what ClamAV looks at, so that nothing would be found any more', async () => {
  await using server = await aGoldenServer(room, 'blind')
  const programsIgnored = '0:0:7f454c46:ELF:CL_TYPE_ANY:CL_TYPE_IGNORED\n'
  await expectRefused(
    server,
    { 'blind.ftm': programsIgnored },
    { check: 'test-load', says: /known content any more \(gzip, program\).*\.ftm/ },
  )
})

/** Process id of the clamscan that loads a draft of that volume. */
async function loaderOf(volume: string): Promise<number> {
  for (const processId of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '')
    if (command.startsWith('clamscan') && command.includes(volume)) return Number(processId)
  }
  throw new Error('no clamscan is loading')
}
