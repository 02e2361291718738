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

test('what was written is read', async () => {
  const report = { ...EMPTY_PULLER_REPORT, generation: 'g1', switchedAtMs: 1_795_000_000_000, pulledBytes: 5, refusal: 'too large' }
  await writePullerReport(folder, report)
  expect(await readPullerReport(folder)).toEqual(report)
})

test('an older puller leaves out what it does not know', async () => {
  await writeFile(join(folder, 'puller.json'), '{"generation":"g1"}')
  expect(await readPullerReport(folder)).toEqual({ ...EMPTY_PULLER_REPORT, generation: 'g1' })
})

test.each([
  { name: 'half of one', text: '{"generation":"g1",' },
  { name: 'a count below zero', text: '{"generation":"g1","pulledBytes":-1}' },
  { name: 'a moment that the backend would refuse', text: '{"generation":"g1","loadedAtMs":8000000000000}' },
])('says nothing: $name', async ({ text }) => {
  await writeFile(join(folder, 'puller.json'), text)
  expect(await readPullerReport(folder)).toEqual(EMPTY_PULLER_REPORT)
})

test('says nothing: none', async () => {
  expect(await readPullerReport(join(folder, 'nowhere'))).toEqual(EMPTY_PULLER_REPORT)
})
