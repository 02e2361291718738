import { DEFAULT_SCAN_CONFIG, ScanConfig } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { resolveScanConfig, type ScanConfigForm, toConfig, toForm } from './scan-config-form.js'

const aForm = (changes: Partial<ScanConfigForm> = {}): ScanConfigForm => ({ ...toForm(DEFAULT_SCAN_CONFIG), ...changes })
const check = (changes: Partial<ScanConfigForm>) =>
  resolveScanConfig(aForm(changes), undefined, { fields: {}, shouldUseNativeValidation: false })

test('round-trips an unchanged configuration', () => {
  const config = ScanConfig.parse({
    skipNamespaces: ['kube-system', 'ci-*'],
    maxFileSizeBytes: 3_000_000,
    budgets: { bytesPerSecond: 1_048_576 },
  })
  expect(toConfig(toForm(config))).toEqual(config)
})

test('converts sizes from MiB and lists from lines', async () => {
  const { values } = await check({ maxFileSizeMib: 2, skipNamespaces: ' a\n\nb-* ' })
  expect(values).toMatchObject({ maxFileSizeBytes: 2_097_152, skipNamespaces: ['a', 'b-*'] })
})

test.each([
  { name: 'a file size above the limit', changes: { maxFileSizeMib: 4096 }, field: 'maxFileSizeMib', message: 'numberHigh:2,047' },
  { name: 'an empty number', changes: { concurrentScans: '' }, field: 'concurrentScans', message: 'number' },
  { name: 'a fraction', changes: { openFiles: 4.5 }, field: 'openFiles', message: 'number' },
  { name: 'an invalid namespace', changes: { skipNamespaces: 'ok\nNot_One' }, field: 'skipNamespaces', message: 'namespaces' },
  { name: 'an empty schedule', changes: { schedule: '' }, field: 'schedule', message: 'schedule' },
  {
    name: 'no budget for image layers',
    changes: { imageLayerMibPerSecond: 0 },
    field: 'imageLayerMibPerSecond',
    message: 'numberLow:1',
  },
  { name: 'a negative limit', changes: { mibPerSecond: -1 }, field: 'mibPerSecond', message: 'numberLow:0' },
])('rejects $name at its field', async ({ changes, field, message }) => {
  const { errors } = await check(changes)
  expect(errors).toEqual({ [field]: { type: expect.any(String), message } })
})
