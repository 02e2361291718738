import { GuardimeshPlatformSpec, GuardimeshScannerSpec } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { PLATFORM_DEFAULTS, withPlatformDefaults } from './platform-defaults.js'
import { DEFAULT_PAUSE_SECONDS, SCANNER_DEFAULTS, withScannerDefaults } from './scanner-defaults.js'

interface Schema {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

/** Values of "The default is: X." and "The default size is: X.", by path. Defaults that depend on the cluster are not values. */
function documentedDefaults(schema: Schema, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const here = path === '' ? name : `${path}.${name}`
    const match = /The default( size)? is: (\S+)\.(\s|$)/.exec(field.description ?? '')
    if (match?.[2]) found.set(match[1] ? `${here}.size` : here, match[2])
    for (const [key, value] of documentedDefaults(field.items ?? field, here)) found.set(key, value)
  }
  return found
}

function leaves(value: object, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, item] of Object.entries(value)) {
    const here = path === '' ? name : `${path}.${name}`
    if (typeof item === 'object') for (const [key, leaf] of leaves(item, here)) found.set(key, leaf)
    else found.set(here, String(item))
  }
  return found
}

const documented = (type: z.ZodType) => documentedDefaults(z.toJSONSchema(type, { io: 'input' }) as Schema)
/** The defaults of the platform's scanner settings are those of the scanner. */
const withoutTolerations = (all: ReadonlyMap<string, string>) =>
  new Map([...all].filter(([path]) => !path.includes('tolerations') && !(path.startsWith('scanner.') && path !== 'scanner.mode')))

test('documents every default of a platform as it is in the code', () => {
  expect(Object.fromEntries(withoutTolerations(documented(GuardimeshPlatformSpec)))).toEqual(Object.fromEntries(leaves(PLATFORM_DEFAULTS)))
})

test('documents every default of a scanner as it is in the code', () => {
  const expected = leaves({
    ...SCANNER_DEFAULTS,
    updateStrategy: { ...SCANNER_DEFAULTS.updateStrategy, waves: { pauseSeconds: DEFAULT_PAUSE_SECONDS } },
  })
  expect(Object.fromEntries(withoutTolerations(documented(GuardimeshScannerSpec)))).toEqual(Object.fromEntries(expected))
})

test('overrides single defaults and keeps the others', () => {
  const spec = withPlatformDefaults({ console: { replicas: 3 }, database: { bundled: { storage: { storageClassName: 'fast' } } } })
  expect(spec.console).toEqual({ replicas: 3, exposure: { type: 'ClusterIP' } })
  expect(spec.database.bundled.storage).toEqual({ size: '20Gi', storageClassName: 'fast' })
  const scanner = withScannerDefaults({
    backend: { url: 'https://a' },
    apiKeySecret: { name: 'a', key: 'b' },
    signatureServer: { url: 'https://b' },
    updateStrategy: { type: 'Waves', waves: [{ nodeSelector: { a: 'b' } }] },
  })
  expect(scanner.updateStrategy).toEqual({ type: 'Waves', maxUnavailable: '10%', waves: [{ nodeSelector: { a: 'b' }, pauseSeconds: 60 }] })
})
