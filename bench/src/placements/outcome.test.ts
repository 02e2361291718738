import { expect, test } from 'vitest'
import { judge } from './outcome.js'
import type { Trace } from './placement.js'
import type { FindingEntry, GapEntry } from './result-log.js'

const AT_MS = 1_000_000
const TRACE: Trace = {
  containerId: 'c1',
  atMs: AT_MS,
  path: '/srv/1/file.com',
  gaps: [{ reason: 'ended_before_scan' }, { reason: 'mount_not_watched', path: '/srv/1' }, { reason: 'executable_memory', isNew: true }],
}

const aFinding = (changes: Partial<FindingEntry> = {}): FindingEntry => ({
  ...{ arrivedAtMs: AT_MS + 500, containerId: 'c1', path: '/srv/1/file.com', signature: 'Eicar-Test-Signature' },
  ...{ source: 'realtime', trigger: 'file_event' },
  ...changes,
})
const aGap = (changes: Partial<GapEntry> = {}): GapEntry => ({
  ...{ arrivedAtMs: AT_MS + 500, containerId: 'c1', path: '/srv/1/file.com', reason: 'too_large', detail: '' },
  ...changes,
})

interface Case {
  readonly name: string
  readonly findings?: FindingEntry[]
  readonly gaps?: GapEntry[]
  readonly isHarmless?: boolean
  readonly expected: string
}

test.each<Case>([
  { name: 'nothing', expected: 'missed' },
  { name: 'a finding at the path', findings: [aFinding()], expected: 'detected' },
  { name: 'a finding in another container', findings: [aFinding({ containerId: 'c2' })], expected: 'missed' },
  { name: 'a finding at another path', findings: [aFinding({ path: '/srv/1/part' })], expected: 'missed' },
  { name: 'another signature', findings: [aFinding({ signature: 'Packed_UPX_ELF' })], expected: 'missed' },
  { name: 'a finding and a gap', findings: [aFinding()], gaps: [aGap()], expected: 'detected' },
  { name: 'a gap of the path', gaps: [aGap()], expected: 'reported' },
  { name: 'the path counted as a link', gaps: [aGap({ reason: 'not_regular' })], expected: 'missed' },
  { name: 'an accepted gap of the container', gaps: [aGap({ path: '', reason: 'ended_before_scan' })], expected: 'reported' },
  { name: 'another gap of the container', gaps: [aGap({ path: '', reason: 'not_inspected' })], expected: 'missed' },
  { name: 'an accepted gap of the mount', gaps: [aGap({ path: '/srv/1', reason: 'mount_not_watched' })], expected: 'reported' },
  { name: 'a gap of the mount with another reason', gaps: [aGap({ path: '/srv/1', reason: 'vanished' })], expected: 'missed' },
  { name: 'a new gap', gaps: [aGap({ path: '', reason: 'executable_memory' })], expected: 'reported' },
  { name: 'a gap from before', gaps: [aGap({ path: '', reason: 'executable_memory', arrivedAtMs: AT_MS - 1 })], expected: 'missed' },
  { name: 'nothing, harmless', isHarmless: true, expected: 'clean' },
  { name: 'a finding, harmless', isHarmless: true, findings: [aFinding()], expected: 'false-alarm' },
])('$name: $expected', ({ findings = [], gaps = [], isHarmless = false, expected }) => {
  const log = { findings, gaps }
  expect(judge({ isHarmless }, TRACE, log).kind).toBe(expected)
})
