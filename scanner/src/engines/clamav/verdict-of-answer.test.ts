import { expect, test } from 'vitest'
import { verdictOfAnswer } from './verdict-of-answer.js'

test.each([
  { name: 'Heuristics.Limits.Exceeded.MaxFileSize', reason: 'too_large' },
  { name: 'Heuristics.Limits.Exceeded.MaxScanSize', reason: 'partially_scanned' },
  { name: 'Heuristics.Limits.Exceeded.MaxScanTime', reason: 'timeout' },
  { name: 'Heuristics.Limits.Exceeded.MaxRecursion', reason: 'budget_exhausted' },
  { name: 'Heuristics.Limits.Exceeded.MaxFiles', reason: 'budget_exhausted' },
  { name: 'Heuristics.Limits.Exceeded', reason: 'budget_exhausted' },
  { name: 'Heuristics.Encrypted.Zip', reason: 'encrypted' },
  { name: 'Heuristics.Encrypted.PDF', reason: 'encrypted' },
])('$name means not scanned: $reason', ({ name, reason }) => {
  expect(verdictOfAnswer({ kind: 'found', signatureName: name }, 'v')).toMatchObject({ kind: 'not-scanned', reason })
})

test.each([
  { message: 'INSTREAM size limit exceeded.', reason: 'too_large' },
  { message: 'Time limit reached', reason: 'timeout' },
  { message: "Can't allocate memory", reason: 'engine_error' },
])('the error "$message" means not scanned: $reason', ({ message, reason }) => {
  expect(verdictOfAnswer({ kind: 'error', message }, 'v')).toMatchObject({ kind: 'not-scanned', reason })
})

test('a member in a format that ClamAV does not open means not scanned', () => {
  const signatureName = 'Heuristics.Guardimesh.UnsupportedFormat.ext_file_system.UNOFFICIAL'
  expect(verdictOfAnswer({ kind: 'found', signatureName }, 'v')).toEqual({
    kind: 'not-scanned',
    reason: 'unsupported_format',
    detail: 'a member in the format ext file system: no engine unpacks it',
  })
})

test('reports other heuristics as a finding', () => {
  const verdict = verdictOfAnswer({ kind: 'found', signatureName: 'Heuristics.Broken.Executable' }, 'ClamAV 1')
  expect(verdict).toMatchObject({ kind: 'infected', matches: [{ severity: 'medium', engineVersion: 'ClamAV 1', engine: 'clamav' }] })
})
