import { z } from 'zod'

/** The used part of a report of vitest's `json` reporter. */
const VitestReport = z.object({
  numPassedTests: z.int().min(0),
  numFailedTests: z.int().min(0),
  success: z.boolean(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
})

export interface TestSummary {
  readonly passed: number
  readonly failed: number
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
  }
}

function summariseRun({ report, hasPassed }: TestRun): TestSummary {
  if (report === undefined) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, testResults } = VitestReport.parse(report)
  const failedFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  const known = numFailedTests + failedFiles
  return { passed: numPassedTests, failed: known === 0 && !hasPassed ? 1 : known }
}
