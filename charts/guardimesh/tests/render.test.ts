import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { binary, ChartPackage, HELMS, headerOf, TESTS_FOLDER, template } from './chart.js'

const run = promisify(execFile)
const cases = readdirSync(join(TESTS_FOLDER, 'cases'))
const rejected = readdirSync(join(TESTS_FOLDER, 'rejected'))

let chart: ChartPackage
beforeAll(async () => {
  chart = await ChartPackage.create()
})
afterAll(() => chart[Symbol.asyncDispose]())

describe.each(HELMS)('%s', (helm) => {
  test.each(cases)('renders %s as expected', async (name) => {
    const text = await template(helm, chart.file, join(TESTS_FOLDER, 'cases', name))
    await expect(text).toMatchFileSnapshot(join(TESTS_FOLDER, 'expected', name))
  })

  test.each(rejected)('rejects %s with a message', async (name) => {
    const file = join(TESTS_FOLDER, 'rejected', name)
    const [message, release] = [await headerOf(file, 'rejected'), await headerOf(file, 'release')]
    if (!message) throw new Error(`${file} must start with "# rejected: " and a part of the error message`)
    await expect(template(helm, chart.file, file, release)).rejects.toThrow(message)
  })

  test('passes helm lint', async () => {
    const { stdout } = await run(binary(helm), ['lint', '--strict', '--kube-version', '1.34.0', chart.file])
    expect(stdout).toContain('0 chart(s) failed')
    expect(stdout).not.toMatch(/WARNING|ERROR/)
  })

  test('fails to render the unpackaged source', async () => {
    const source = join(TESTS_FOLDER, '..')
    await expect(template(helm, source, join(TESTS_FOLDER, 'cases/default.yaml'))).rejects.toThrow('Package it with `make chart`')
  })
})

// The excluded case has no network policies.
test.each(cases.filter((name) => name !== 'operator-only.yaml'))('passes kube-score with the documented exceptions: %s', async (name) => {
  const options = ['--output-format', 'ci', '--kubernetes-version', 'v1.34']
  const { stdout } = await run(binary('kube-score'), ['score', ...options, join(TESTS_FOLDER, 'expected', name)])
  expect(stdout).toContain('[OK]')
  expect(stdout).not.toMatch(/\[(WARNING|CRITICAL)\]/)
})

test('creates reproducible packages without the tests of this folder', async () => {
  await using again = await ChartPackage.create()
  expect(await readFile(again.file)).toEqual(await readFile(chart.file))
  const { stdout } = await run('tar', ['-tzf', chart.file])
  expect(stdout.split('\n')).toContain('guardimesh/files/images.json')
  expect(stdout.split('\n').filter((path) => path.startsWith('guardimesh/tests/'))).toEqual([])
})

test('queries the cluster only to validate, because other tools render without one', async () => {
  const folder = join(TESTS_FOLDER, '../templates')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(yaml|tpl|txt)$/.test(name) && name !== 'validate.yaml',
  )
  expect(files.length).toBeGreaterThan(15)
  for (const name of files) expect(await readFile(join(folder, name), 'utf8'), name).not.toMatch(/\{\{[^}]*\blookup\b/)
})
