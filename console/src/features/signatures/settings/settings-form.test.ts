import { SignatureSettings } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { resolveSettings, type SettingsForm, toForm, toSettings } from './settings-form.js'

const DEFAULTS = SignatureSettings.parse({})
const check = (changes: Partial<SettingsForm>) =>
  resolveSettings({ ...toForm(DEFAULTS), ...changes }, undefined, { fields: {}, shouldUseNativeValidation: false })

test('round-trips unchanged settings', () => {
  const settings = SignatureSettings.parse({
    canary: { nodes: ['a'], percent: 5, soakMinutes: 0.5 },
    profile: 'custom',
    profileFiles: ['daily.cvd'],
  })
  expect(toSettings(toForm(settings))).toEqual(settings)
})

test.each([
  { name: 'more than 100 percent', changes: { percent: 101 }, field: 'percent', message: 'numberHigh:100' },
  { name: 'an empty number', changes: { soakMinutes: '' }, field: 'soakMinutes', message: 'number' },
  { name: 'a hold threshold of 0', changes: { holdAfterDetections: 0 }, field: 'holdAfterDetections', message: 'numberLow:1' },
  { name: 'an invalid node name', changes: { nodes: ['a b'] }, field: 'nodes', message: 'nodeName' },
  { name: 'a custom profile without databases', changes: { profile: 'custom' as const }, field: 'profileFiles', message: 'profileFiles' },
])('rejects $name at its field', async ({ changes, field, message }) => {
  const { errors } = await check(changes)
  expect(errors).toEqual({ [field]: { type: expect.any(String), message } })
})
