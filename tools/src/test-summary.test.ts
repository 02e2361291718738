import { describe, expect, test } from 'vitest'
import { summarise } from './test-summary.js'

const allGood = { checkPassed: true, testsPassed: true }

function aFile(...statuses: string[]) {
  const failed = statuses.includes('failed')
  return { status: failed ? 'failed' : 'passed', assertionResults: statuses.map((status) => ({ status })) }
}

function aReport(testResults: ReturnType<typeof aFile>[]) {
  const statuses = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status))
  const count = (wanted: string) => statuses.filter((status) => status === wanted).length
  const success = testResults.every(({ status }) => status === 'passed')
  return { numPassedTests: count('passed'), numFailedTests: count('failed'), success, testResults }
}

describe('summarise', () => {
  test.each([
    { name: 'all is well', report: aReport([aFile('passed', 'passed')]), outcome: allGood, expected: { passed: 2, failed: 0 } },
    {
      name: 'a test failed',
      report: aReport([aFile('passed', 'failed')]),
      outcome: { ...allGood, testsPassed: false },
      expected: { passed: 1, failed: 1 },
    },
    {
      name: 'a file could not be loaded',
      report: aReport([aFile('passed'), { status: 'failed', assertionResults: [] }]),
      outcome: { ...allGood, testsPassed: false },
      expected: { passed: 1, failed: 1 },
    },
    {
      name: 'clean-up failed after all tests of a file had passed',
      report: aReport([{ ...aFile('passed'), status: 'failed' }]),
      outcome: { ...allGood, testsPassed: false },
      expected: { passed: 1, failed: 1 },
    },
    {
      name: 'an error outside of all tests',
      report: aReport([aFile('passed')]),
      outcome: { ...allGood, testsPassed: false },
      expected: { passed: 1, failed: 1 },
    },
    {
      name: 'the check failed',
      report: aReport([aFile('passed')]),
      outcome: { ...allGood, checkPassed: false },
      expected: { passed: 1, failed: 1 },
    },
    { name: 'the run left no report', report: undefined, outcome: { ...allGood, testsPassed: false }, expected: { passed: 0, failed: 1 } },
  ])('$name', ({ report, outcome, expected }) => expect(summarise(report, outcome)).toEqual(expected))

  test('refuses a report that it does not know', () => {
    expect(() => summarise({ passed: 3 }, allGood)).toThrow(/numPassedTests/)
  })
})
