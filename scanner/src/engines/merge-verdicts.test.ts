import { expect, test } from 'vitest'
import type { EngineMatch, Verdict, VerdictGap } from './engine.js'
import { isLasting, mergeVerdicts, withoutRepeatedGap } from './merge-verdicts.js'

const aMatch = (signatureName: string): EngineMatch => ({
  signatureName,
  engine: 'clamav',
  engineVersion: '1',
  severity: 'high',
  description: 'Bad.',
})
const clean: Verdict = { kind: 'clean' }
const infected = (name: string): Verdict => ({ kind: 'infected', matches: [aMatch(name)] })
const failed = { kind: 'not-scanned', reason: 'engine_error', detail: 'down' } as const
const locked = { kind: 'not-scanned', reason: 'encrypted', detail: 'zip' } as const

const gapOf = ({ reason, detail }: VerdictGap): VerdictGap => ({ reason, detail })

test.each([
  { name: 'no engine', verdicts: [], expected: { kind: 'not-scanned', reason: 'not_inspected' } },
  { name: 'only clean', verdicts: [clean, clean], expected: { kind: 'clean' } },
  { name: 'one failure', verdicts: [clean, failed], expected: failed },
  { name: 'two reasons: keeps both', verdicts: [locked, clean, failed], expected: { ...locked, furtherGaps: [gapOf(failed)] } },
  { name: 'a failure and a match', verdicts: [failed, infected('A')], expected: { ...infected('A'), gaps: [gapOf(failed)] } },
  {
    name: 'two matches',
    verdicts: [infected('A'), infected('B')],
    expected: { matches: [{ signatureName: 'A' }, { signatureName: 'B' }] },
  },
])('merges $name', ({ verdicts, expected }) => expect(mergeVerdicts(verdicts)).toMatchObject(expected))

test.each([
  { verdict: clean, expected: true },
  { verdict: infected('A'), expected: true },
  { verdict: locked, expected: true },
  { verdict: failed, expected: false },
  { verdict: { ...infected('A'), gaps: [failed] } as Verdict, expected: false },
  { verdict: { ...locked, furtherGaps: [failed] } as Verdict, expected: false },
])('$verdict.kind is lasting: $expected', ({ verdict, expected }) => expect(isLasting(verdict)).toBe(expected))

const byClamav = { kind: 'not-scanned', reason: 'unsupported_format', detail: 'a member' } as const
const byFormat = { ...byClamav, detail: 'tar members' } as const
test.each([
  { name: 'the same gap', verdict: byClamav, format: byFormat, expected: clean },
  { name: 'a gap that only ClamAV sees', verdict: byClamav, format: clean, expected: byClamav },
  { name: 'another gap', verdict: locked, format: byFormat, expected: locked },
  { name: 'a finding', verdict: infected('A'), format: byFormat, expected: infected('A') },
])('leaves out what the check of the format describes: $name', ({ verdict, format, expected }) =>
  expect(withoutRepeatedGap(verdict, format)).toEqual(expected),
)
