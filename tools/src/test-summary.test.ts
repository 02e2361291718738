import { describe, expect, test } from 'vitest'
import { summarise } from './test-summary.js'

function aFile(...statuses: string[]) {
  const failed = statuses.includes('failed')
  const assertionResults = statuses.map((status, index) => ({
    ...{ status, fullName: `test ${index}`, failureMessages: status === 'failed' ? ['Error: not\n  equal'] : [] },
  }))
  return { name: 'a.test.ts', status: failed ? 'failed' : 'passed', message: '', assertionResults }
}

function aReport(testResults: ReturnType<typeof aFile>[]) {
  const statuses = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status))
  const count = (wanted: string) => statuses.filter((status) => status === wanted).length
  return { numPassedTests: count('passed'), testResults }
}

describe('summarise', () => {
  test.each([
    { name: 'all tests passed', report: aReport([aFile('passed', 'passed')]), hasPassed: true, passed: 2, failures: [] },
    {
      name: 'a test failed',
      report: aReport([aFile('passed', 'failed')]),
      ...{ hasPassed: false, passed: 1, failures: ['a.test.ts: test 1: Error: not equal'] },
    },
    {
      name: 'a file could not be loaded',
      report: aReport([aFile('passed'), { ...aFile(), status: 'failed', message: 'Error: no such module' }]),
      ...{ hasPassed: false, passed: 1, failures: ['a.test.ts: Error: no such module'] },
    },
    {
      name: 'clean-up failed after all tests of a file had passed',
      report: aReport([{ ...aFile('passed'), status: 'failed' }]),
      ...{ hasPassed: false, passed: 1, failures: ['a.test.ts: '] },
    },
    {
      name: 'an error outside of all tests',
      report: aReport([aFile('passed')]),
      ...{ hasPassed: false, passed: 1, failures: ['an error outside of all tests'] },
    },
    {
      name: 'the run left no report',
      ...{ report: undefined, hasPassed: false, passed: 0, failures: ['a run of tests left no report'] },
    },
  ])('$name', ({ report, hasPassed, passed, failures }) =>
    expect(summarise([{ report, hasPassed }], true)).toEqual({ passed, failed: failures.length, failures }),
  )

  test('adds up the runs, and counts a failed check as one failure', () => {
    const good = { report: aReport([aFile('passed')]), hasPassed: true }
    const bad = { report: aReport([aFile('passed', 'failed')]), hasPassed: false }
    const failures = ['make check', 'a.test.ts: test 1: Error: not equal']
    expect(summarise([good, bad, good], false)).toEqual({ passed: 3, failed: 2, failures })
  })

  test('rejects an unknown report', () => {
    expect(() => summarise([{ report: { passed: 3 }, hasPassed: true }], true)).toThrow(/numPassedTests/)
  })
})
