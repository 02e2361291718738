import { describe, expect, test } from 'vitest'
import { summarise } from './test-summary.js'

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
    { name: 'all tests passed', report: aReport([aFile('passed', 'passed')]), hasPassed: true, expected: { passed: 2, failed: 0 } },
    { name: 'a test failed', report: aReport([aFile('passed', 'failed')]), hasPassed: false, expected: { passed: 1, failed: 1 } },
    {
      name: 'a file could not be loaded',
      report: aReport([aFile('passed'), { status: 'failed', assertionResults: [] }]),
      hasPassed: false,
      expected: { passed: 1, failed: 1 },
    },
    {
      name: 'clean-up failed after all tests of a file had passed',
      report: aReport([{ ...aFile('passed'), status: 'failed' }]),
      hasPassed: false,
      expected: { passed: 1, failed: 1 },
    },
    { name: 'an error outside of all tests', report: aReport([aFile('passed')]), hasPassed: false, expected: { passed: 1, failed: 1 } },
    { name: 'the run left no report', report: undefined, hasPassed: false, expected: { passed: 0, failed: 1 } },
  ])('$name', ({ report, hasPassed, expected }) => expect(summarise([{ report, hasPassed }], true)).toEqual(expected))

  test('adds up the runs, and counts a failed check as one failure', () => {
    const good = { report: aReport([aFile('passed')]), hasPassed: true }
    const bad = { report: aReport([aFile('passed', 'failed')]), hasPassed: false }
    expect(summarise([good, bad, good], false)).toEqual({ passed: 3, failed: 2 })
  })

  test('rejects an unknown report', () => {
    expect(() => summarise([{ report: { passed: 3 }, hasPassed: true }], true)).toThrow(/numPassedTests/)
  })
})
