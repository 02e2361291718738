import { z } from 'zod'

/** What is read of the report of vitest's `json` reporter. */
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

/**
 * Counts a run. What failed without a test of its own counts as one failure each: a file that could not be loaded or set up, an error
 * outside of all tests, a run that left no report, `make check`. So "0 failed" is said only when all is well. Pure.
 *
 * @param report the parsed JSON report; undefined when there is none.
 */
export function summarise(report: unknown, outcome: { readonly checkPassed: boolean; readonly testsPassed: boolean }): TestSummary {
  const checkFailures = outcome.checkPassed ? 0 : 1
  if (report === undefined) return { passed: 0, failed: checkFailures + 1 }
  const { numPassedTests, numFailedTests, testResults } = VitestReport.parse(report)
  const failedFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length
  const known = numFailedTests + failedFiles
  const unknown = known === 0 && !outcome.testsPassed ? 1 : 0
  return { passed: numPassedTests, failed: known + unknown + checkFailures }
}
