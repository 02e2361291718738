import { z } from 'zod'

/** The used part of a report of vitest's `json` reporter. */
const VitestReport = z.object({
  numPassedTests: z.int().min(0),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() })),
    }),
  ),
})
type TestFile = z.infer<typeof VitestReport>['testResults'][number]

/** Of an error in the summary. The whole error is in the output of the run. */
const MESSAGE_CHARACTERS = 300

export interface TestSummary {
  readonly passed: number
  readonly failed: number
  /** One line per failed test or file: its name and the beginning of its error. */
  readonly failures: readonly string[]
}

/** One run of vitest. */
export interface TestRun {
  /** The parsed JSON report; undefined when there is none. */
  readonly report: unknown
  /** Whether the command succeeded. */
  readonly hasPassed: boolean
}

/**
 * Counts runs. Failures outside of tests count as one each: a file that could not be loaded or set up, an error outside of all tests, a run
 * without a report, `make check`. "0 failed" therefore means that everything succeeded. Pure.
 */
export function summarise(runs: readonly TestRun[], hasCheckPassed: boolean): TestSummary {
  const counts = runs.map(summariseRun)
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, hasCheckPassed ? 0 : 1),
    failures: [...(hasCheckPassed ? [] : ['make check']), ...counts.flatMap(({ failures }) => failures)],
  }
}

function summariseRun({ report, hasPassed }: TestRun): TestSummary {
  if (report === undefined) return { passed: 0, failed: 1, failures: ['a run of tests left no report'] }
  const { numPassedTests, testResults } = VitestReport.parse(report)
  const known = testResults.flatMap(failuresOfFile)
  const failures = known.length === 0 && !hasPassed ? ['an error outside of all tests'] : known
  return { passed: numPassedTests, failed: failures.length, failures }
}

function failuresOfFile({ name, status, message, assertionResults }: TestFile): string[] {
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (status === 'failed' && failed.length === 0) return [failureLine(name, message)]
  return failed.map(({ fullName, failureMessages }) => failureLine(`${name}: ${fullName}`, failureMessages?.[0] ?? ''))
}

function failureLine(name: string, message: string): string {
  return `${name}: ${message.replace(/\s+/g, ' ').slice(0, MESSAGE_CHARACTERS)}`
}
