import { readFile } from 'node:fs/promises'
import { summarise, type TestRun } from './test-summary.js'

/** `node print-test-summary.js <exit code of make check> [<report.json> <exit code>]…`: prints the failures and the closing line of .ci/run. */
const [checkExitCode, ...rest] = process.argv.slice(2)

async function readReport(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    process.stderr.write(`no report of the tests: ${String(error)}\n`)
    return undefined
  }
}

const runs: TestRun[] = []
for (let at = 0; at < rest.length; at += 2) runs.push({ report: await readReport(rest[at] ?? ''), hasPassed: rest[at + 1] === '0' })
const { passed, failed, failures } = summarise(runs, checkExitCode === '0')
for (const failure of failures) process.stdout.write(`failed: ${failure.replace(`${process.cwd()}/`, '')}\n`)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
