import { DEFAULT_SCAN_CONFIG, ScanConfig } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { resolveScanConfig, type ScanConfigForm, toConfig, toForm } from './scan-config-form.js'

const aForm = (changes: Partial<ScanConfigForm> = {}): ScanConfigForm => ({ ...toForm(DEFAULT_SCAN_CONFIG), ...changes })
const check = (changes: Partial<ScanConfigForm>) =>
  resolveScanConfig(aForm(changes), undefined, { fields: {}, shouldUseNativeValidation: false })

test('what was read is what is written when nothing is changed', () => {
  const config = ScanConfig.parse({
    skipNamespaces: ['kube-system', 'ci-*'],
    maxFileSizeBytes: 3_000_000,
    budgets: { bytesPerSecond: 1_048_576 },
  })
  expect(toConfig(toForm(config))).toEqual(config)
})

test('sizes are typed in MiB, lists in lines', async () => {
  const { values } = await check({ maxFileSizeMib: 2, skipNamespaces: ' a\n\nb-* ' })
  expect(values).toMatchObject({ maxFileSizeBytes: 2_097_152, skipNamespaces: ['a', 'b-*'] })
})

test.each([
  { name: 'too big for the engine', changes: { maxFileSizeMib: 4096 }, field: 'maxFileSizeMib', message: 'numberHigh' },
  { name: 'empty', changes: { concurrentScans: '' }, field: 'concurrentScans', message: 'number' },
  { name: 'a fraction', changes: { openFiles: 4.5 }, field: 'openFiles', message: 'number' },
  { name: 'not a namespace', changes: { skipNamespaces: 'ok\nNot_One' }, field: 'skipNamespaces', message: /must be a namespace/ },
  { name: 'no schedule', changes: { schedule: '' }, field: 'schedule', message: /./ },
  { name: 'negative limit', changes: { mibPerSecond: -1 }, field: 'mibPerSecond', message: 'numberLow' },
])('$name: the fault stands at its field', async ({ changes, field, message }) => {
  const { errors } = await check(changes)
  expect(errors).toEqual({ [field]: { type: expect.any(String), message: expect.stringMatching(message) } })
})
