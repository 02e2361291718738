import type { KubeObject } from '../desired/object.js'

/** Decodes all non-empty values of a Secret. Pure. */
export function secretValues(secret: KubeObject | undefined): Record<string, string> {
  const data = (secret?.data ?? {}) as Readonly<Record<string, string>>
  const entries = Object.entries(data).flatMap(([key, encoded]) =>
    encoded ? [[key, Buffer.from(encoded, 'base64').toString('utf8')]] : [],
  )
  return Object.fromEntries(entries)
}

/** Decodes one value of a Secret; undefined if the Secret or the key does not exist, or the value is empty. Pure. */
export function secretValue(secret: KubeObject | undefined, key: string): string | undefined {
  return secretValues(secret)[key]
}

/** Encodes values as the `data` of a Secret; undefined values are omitted. Pure. */
export function secretData(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, Buffer.from(value).toString('base64')]],
  )
  return Object.fromEntries(entries)
}
