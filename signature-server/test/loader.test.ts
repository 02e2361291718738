import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aGoldenServer, aTestEnvironment, expectRejected, expectStillServed, type TestEnvironment } from './golden-server.js'

let environment: TestEnvironment
beforeAll(async () => {
  environment = await aTestEnvironment('signature-loader')
})
afterAll(() => environment[Symbol.asyncDispose]())

/** Creates a database that requires about 25 ms and 9 MiB per line to load. */
const slowDatabase = (lines: number) =>
  Array.from({ length: lines }, (_, n) => `Test.Slow.${n}:CL_TYPE_ZIP:*:((a{1,60}){1,60}){1,60}x${n}:*:*:*:*:*:*\n`).join('')

test('rejects a database that does not load in time', async () => {
  await using server = await aGoldenServer(environment, 'hangs', { TEST_LOAD_SECONDS: '3', TEST_LOAD_MEMORY_MIB: '8192' })
  await expectRejected(server, { 'hangs.cdb': slowDatabase(2000) }, { check: 'test-load', message: /timeout after 3000 ms/ })
})

test('rejects a database that exceeds the memory limit', async () => {
  await using server = await aGoldenServer(environment, 'memory', { TEST_LOAD_MEMORY_MIB: '200' })
  await expectRejected(
    server,
    { 'greedy.cdb': slowDatabase(500) },
    { check: 'test-load', message: /memory limit of 209715200 bytes exceeded/ },
  )
})

test('rejects a database that crashes clamscan', async () => {
  await using server = await aGoldenServer(environment, 'crashes')
  const before = await server.catalog()
  await server.put({ 'crashes.cdb': slowDatabase(300) })
  const loaderId = await vi.waitFor(() => loaderOf(server.volume), { timeout: 40_000, interval: 20 })
  process.kill(loaderId, 'SIGSEGV')
  expect(await server.ended('crashes.cdb')).toMatchObject({
    state: 'refused',
    check: 'test-load',
    message: expect.stringMatching(/clamscan (was killed|failed)/),
  })
  await expectStillServed(server, before)
})

test('rejects a database that disables detection', async () => {
  await using server = await aGoldenServer(environment, 'blind')
  const programsIgnored = '0:0:7f454c46:ELF:CL_TYPE_ANY:CL_TYPE_IGNORED\n'
  await expectRejected(
    server,
    { 'blind.ftm': programsIgnored },
    { check: 'test-load', message: /no longer detects a known content \(gzip, program\).*\.ftm/ },
  )
})

/** Returns the process id of the clamscan that loads a draft of this volume. */
async function loaderOf(volume: string): Promise<number> {
  for (const processId of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '')
    if (command.startsWith('clamscan') && command.includes(volume)) return Number(processId)
  }
  throw new Error('no clamscan is loading')
}
