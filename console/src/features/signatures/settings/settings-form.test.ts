import { SignatureSettings } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { resolveSettings, type SettingsForm, toForm, toSettings } from './settings-form.js'

const DEFAULTS = SignatureSettings.parse({})
const check = (changes: Partial<SettingsForm>) =>
  resolveSettings({ ...toForm(DEFAULTS), ...changes }, undefined, { fields: {}, shouldUseNativeValidation: false })

test('what was read is what is written when nothing is changed', () => {
  const settings = SignatureSettings.parse({
    canary: { nodes: ['a'], percent: 5, soakMinutes: 0.5 },
    profile: 'custom',
    profileFiles: ['daily.cvd'],
  })
  expect(toSettings(toForm(settings))).toEqual(settings)
})

test.each([
  { name: 'over 100 percent', changes: { percent: 101 }, field: 'percent', message: 'numberHigh' },
  { name: 'empty', changes: { soakMinutes: '' }, field: 'soakMinutes', message: 'number' },
  { name: 'held from nothing', changes: { holdAfterDetections: 0 }, field: 'holdAfterDetections', message: 'numberLow' },
  { name: 'no name of a node', changes: { nodes: ['a b'] }, field: 'nodes', message: 'nodeName' },
  { name: 'a profile of no files', changes: { profile: 'custom' as const }, field: 'profileFiles', message: 'profileFiles' },
])('$name: the fault stands at its field', async ({ changes, field, message }) => {
  const { errors } = await check(changes)
  expect(errors).toEqual({ [field]: { type: expect.any(String), message } })
})
