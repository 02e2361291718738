import type { KubeObject } from '../desired/object.js'

/** A value of a Secret as text; undefined when the Secret or the key is not there, or empty. Pure. */
export function secretValue(secret: KubeObject | undefined, key: string): string | undefined {
  const encoded = (secret?.data as Readonly<Record<string, string>> | undefined)?.[key]
  return encoded ? Buffer.from(encoded, 'base64').toString('utf8') : undefined
}

/** Values as a Secret's `data`; undefined ones are left out. Pure. */
export function secretData(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, Buffer.from(value).toString('base64')]],
  )
  return Object.fromEntries(entries)
}
