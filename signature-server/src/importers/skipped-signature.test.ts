import { expect, test } from 'vitest'
import { otherLevelSignatureOf, skippedSignatureOf } from './skipped-signature.js'

test.each([
  {
    line: 'LibClamAV debug: Signature for A.Two not loaded (required f-level: 254)',
    expected: { name: 'A.Two', reason: 'required f-level: 254' },
  },
  {
    line: 'LibClamAV debug: init_tdb: Signature for B.Fut not loaded (required f-level: 254)',
    expected: { name: 'B.Fut', reason: 'required f-level: 254' },
  },
  {
    line: 'LibClamAV debug: init_tdb: Not supported target type in signature for B.Target, skipping',
    expected: { name: 'B.Target', reason: 'not supported: target type' },
  },
  {
    line: 'LibClamAV Warning: load_oneyara: clamav cannot support 1 input strings, skipping YARA.Short',
    expected: { name: 'YARA.Short', reason: 'clamav cannot support 1 input strings' },
  },
  { line: 'LibClamAV debug: load_oneyara: generic string: [, skipping YARA.Fake] => [2c]', expected: undefined },
  { line: 'LibClamAV debug: a.ndb loaded', expected: undefined },
])('parses $line', ({ line, expected }) => expect(skippedSignatureOf(line)).toEqual(expected))

test.each([
  { ending: 'ndb', line: 'A:0:*:4142', expected: undefined },
  { ending: 'ndb', line: 'A:0:*:4142:51:255', expected: undefined },
  { ending: 'ndb', line: 'A:0:*:4142:254', expected: { name: 'A', reason: 'required f-level: 254' } },
  { ending: 'ndb', line: 'A:0:*:4142:1:50', expected: { name: 'A', reason: 'for f-level 50 and older' } },
  { ending: 'hsb', line: 'ab:*:A:73', expected: undefined },
  { ending: 'hdb', line: 'ab:4:A:1:20', expected: { name: 'A', reason: 'for f-level 20 and older' } },
  { ending: 'ldb', line: 'A;Engine:81-255,Target:0;0;4142', expected: undefined },
  { ending: 'ldb', line: 'A;Target:0,Engine:1-50;0;4142', expected: { name: 'A', reason: 'for f-level 50 and older' } },
  { ending: 'ldb', line: 'A;Target:0;0;4142', expected: undefined },
  { ending: 'cdb', line: 'A:CL_TYPE_ZIP:*:x:*:*:*:*:*:*', expected: undefined },
])('checks the functionality level of $line in .$ending', ({ ending, line, expected }) =>
  expect(otherLevelSignatureOf(ending, line, 216)).toEqual(expected),
)
