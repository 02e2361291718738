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

/** What "The default is: X." or "The default size is: X." says, by path. What depends on the cluster is a sentence, not a value. */
function toldDefaults(schema: Schema, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const here = path === '' ? name : `${path}.${name}`
    const told = /The default( size)? is: (\S+)\.(\s|$)/.exec(field.description ?? '')
    if (told?.[2]) found.set(told[1] ? `${here}.size` : here, told[2])
    for (const [key, value] of toldDefaults(field.items ?? field, here)) found.set(key, value)
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

const told = (type: z.ZodType) => toldDefaults(z.toJSONSchema(type, { io: 'input' }) as Schema)
/** Of the platform's scanner part the scanner's own defaults speak. */
const withoutTolerations = (all: ReadonlyMap<string, string>) =>
  new Map([...all].filter(([path]) => !path.includes('tolerations') && !(path.startsWith('scanner.') && path !== 'scanner.mode')))

test('the descriptions of a platform name the defaults of the code, all of them', () => {
  expect(Object.fromEntries(withoutTolerations(told(GuardimeshPlatformSpec)))).toEqual(Object.fromEntries(leaves(PLATFORM_DEFAULTS)))
})

test('the descriptions of a scanner name the defaults of the code, all of them', () => {
  const expected = leaves({
    ...SCANNER_DEFAULTS,
    updateStrategy: { ...SCANNER_DEFAULTS.updateStrategy, waves: { pauseSeconds: DEFAULT_PAUSE_SECONDS } },
  })
  expect(Object.fromEntries(withoutTolerations(told(GuardimeshScannerSpec)))).toEqual(Object.fromEntries(expected))
})

test('what is given wins over the default, and its neighbours keep theirs', () => {
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
