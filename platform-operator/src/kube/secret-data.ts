import type { KubeObject } from '../desired/object.js'

/** All values of a Secret as text, but empty ones. Pure. */
export function secretValues(secret: KubeObject | undefined): Record<string, string> {
  const data = (secret?.data ?? {}) as Readonly<Record<string, string>>
  const entries = Object.entries(data).flatMap(([key, encoded]) =>
    encoded ? [[key, Buffer.from(encoded, 'base64').toString('utf8')]] : [],
  )
  return Object.fromEntries(entries)
}

/** A value of a Secret as text; undefined when the Secret or the key is not there, or empty. Pure. */
export function secretValue(secret: KubeObject | undefined, key: string): string | undefined {
  return secretValues(secret)[key]
}

/** Values as a Secret's `data`; undefined ones are left out. Pure. */
export function secretData(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, Buffer.from(value).toString('base64')]],
  )
  return Object.fromEntries(entries)
}
