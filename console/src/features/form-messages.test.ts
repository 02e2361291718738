import { DEFAULT_SCAN_CONFIG, SignatureSettings } from '@guardimesh/contracts'
import type { FieldValues, Resolver } from 'react-hook-form'
import { expect, test } from 'vitest'
import en from '../i18n/en.json'
import { resolveScanConfig, toForm as toConfigForm } from './scan-config/scan-config-form.js'
import { buildEntryResolver } from './signatures/custom/entry-form.js'
import { resolveStaleness } from './signatures/overview/staleness-form.js'
import { resolveSettings, toForm as toSettingsForm } from './signatures/settings/settings-form.js'

const LONG = 'x'.repeat(100_000)
/** Invalid values that a user can enter, by the type of the field. */
const BAD_TEXTS = ['', ' ', LONG, 'ä\u0000', '61 * * *', `${'a\n'.repeat(10_000)}`]
const BAD_NUMBERS = ['', 'x', -1, 1.5, 1e15, Number.NaN]
const BAD_LISTS = [[''], [LONG], Array.from({ length: 10_000 }, (_, index) => `node-${index}`)]

function badValues(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return BAD_LISTS
  return typeof value === 'number' ? BAD_NUMBERS : BAD_TEXTS
}

const AN_ENTRY = { hash: 'a'.repeat(64), name: 'Site.Test', sizeBytes: 1, reason: 'a test' }
const FORMS: readonly { name: string; resolve: Resolver<never, unknown, never>; form: FieldValues }[] = [
  { name: 'scan settings', resolve: resolveScanConfig as never, form: toConfigForm(DEFAULT_SCAN_CONFIG) },
  { name: 'signature settings', resolve: resolveSettings as never, form: toSettingsForm(SignatureSettings.parse({})) },
  { name: 'age thresholds', resolve: resolveStaleness as never, form: { warnHours: 24, criticalHours: 48 } },
  { name: 'custom hash', resolve: buildEntryResolver('hashes') as never, form: AN_ENTRY },
  { name: 'ignored signature', resolve: buildEntryResolver('ignored-signatures') as never, form: AN_ENTRY },
  { name: 'ignored file', resolve: buildEntryResolver('ignored-files') as never, form: AN_ENTRY },
]

test.each(FORMS)('never shows the text of a schema in the form $name', async ({ resolve, form }) => {
  const messages = new Set<string>()
  for (const [field, valid] of Object.entries(form)) {
    if (typeof valid === 'boolean') continue
    for (const value of badValues(valid)) {
      const { errors } = await resolve({ ...form, [field]: value } as never, undefined, { fields: {}, shouldUseNativeValidation: false })
      for (const { message } of Object.values(errors as Record<string, { message: string }>)) messages.add(message)
    }
  }
  expect(messages.size).toBeGreaterThan(0)
  for (const message of messages) {
    const [key = '', limit = ''] = message.split(':')
    const text = en.form.invalid[key as keyof typeof en.form.invalid]
    expect(text, message).toBeTypeOf('string')
    expect(text.includes('{{limit}}'), message).toBe(limit !== '')
  }
})
