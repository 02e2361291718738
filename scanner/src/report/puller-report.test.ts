import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EMPTY_PULLER_REPORT, readPullerReport, writePullerReport } from './puller-report.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puller-report-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('reads the report that was written', async () => {
  const report = { ...EMPTY_PULLER_REPORT, generation: 'g1', switchedAtMs: 1_795_000_000_000, pulledBytes: 5, refusal: 'too large' }
  await writePullerReport(folder, report)
  expect(await readPullerReport(folder)).toEqual(report)
})

test('accepts the report of an older puller without the newer fields', async () => {
  await writeFile(join(folder, 'puller.json'), '{"generation":"g1"}')
  expect(await readPullerReport(folder)).toEqual({ ...EMPTY_PULLER_REPORT, generation: 'g1' })
})

test.each([
  { name: 'truncated JSON', text: '{"generation":"g1",' },
  { name: 'a negative count', text: '{"generation":"g1","pulledBytes":-1}' },
  { name: 'a time that the backend would reject', text: '{"generation":"g1","loadedAtMs":8000000000000}' },
])('returns an empty report for $name', async ({ text }) => {
  await writeFile(join(folder, 'puller.json'), text)
  expect(await readPullerReport(folder)).toEqual(EMPTY_PULLER_REPORT)
})

test('returns an empty report when there is no file', async () => {
  expect(await readPullerReport(join(folder, 'nowhere'))).toEqual(EMPTY_PULLER_REPORT)
})
