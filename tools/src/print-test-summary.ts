import { readFile } from 'node:fs/promises'
import { summarise } from './test-summary.js'

/** `node print-test-summary.js <report.json> <exit code of make check> <exit code of make test>`: prints the closing line of .ci/run. */
const [reportPath = '', checkExitCode, testsExitCode] = process.argv.slice(2)

async function readReport(): Promise<unknown> {
  try {
    return JSON.parse(await readFile(reportPath, 'utf8'))
  } catch (error) {
    process.stderr.write(`no report of the tests: ${String(error)}\n`)
    return undefined
  }
}

const { passed, failed } = summarise(await readReport(), { checkPassed: checkExitCode === '0', testsPassed: testsExitCode === '0' })
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
