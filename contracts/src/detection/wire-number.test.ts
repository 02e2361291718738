import { expect, test } from 'vitest'
import { messages } from '../messages.js'
import { COVERAGE_REASONS } from './coverage-reason.js'
import { SCAN_SOURCES, SCAN_TRIGGERS } from './scan-source.js'
import { SEVERITIES } from './severity.js'
import { fromWireNumber, toWireNumber } from './wire-number.js'

test.each([
  { prefix: 'SCAN_SOURCE_', names: SCAN_SOURCES, wire: messages.ScanSource },
  { prefix: 'SCAN_TRIGGER_', names: SCAN_TRIGGERS, wire: messages.ScanTrigger },
  { prefix: 'SEVERITY_', names: SEVERITIES, wire: messages.Severity },
  { prefix: 'COVERAGE_REASON_', names: COVERAGE_REASONS, wire: messages.CoverageReason },
])('$prefix names match the protobuf enumeration', ({ prefix, names, wire }) => {
  const onWire = Object.entries(wire).filter(([name, number]) => typeof number === 'number' && number > 0 && name.startsWith(prefix))
  expect(names.map((name, index) => [prefix + name.toUpperCase(), index + 1])).toEqual(onWire)
})

test('converts a number back to its name, and 0 and unknown numbers to undefined', () => {
  expect(fromWireNumber(SEVERITIES, toWireNumber(SEVERITIES, 'high'))).toBe('high')
  expect(fromWireNumber(SEVERITIES, 0)).toBeUndefined()
  expect(fromWireNumber(SEVERITIES, 99)).toBeUndefined()
})
