import { z } from 'zod'

/** A schema of a CustomResourceDefinition: OpenAPI v3 without references, alternatives and closed objects. */
export interface Schema {
  readonly [keyword: string]: unknown
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: Schema
}

/** Keywords that the API server rejects or ignores. */
const DROPPED = new Set(['$schema', 'override', 'propertyNames'])

/**
 * Converts a zod schema to a structural schema. Pure. The metadata `override` of a field is merged into it, for constraints that zod lacks.
 *
 * @throws Error for a remaining alternative, which the API server would reject.
 */
export function structuralSchema(type: z.ZodType): Schema {
  return adapt(z.toJSONSchema(type, { io: 'input', reused: 'inline' }) as Schema)
}

function adapt(schema: Schema): Schema {
  const merged: Record<string, unknown> = { ...schema, ...(schema.override as Schema | undefined) }
  if (merged['x-kubernetes-int-or-string'] === true) for (const keyword of ['anyOf', 'type']) delete merged[keyword]
  if (merged['x-kubernetes-preserve-unknown-fields'] === true) delete merged.additionalProperties
  if (merged.anyOf !== undefined || Array.isArray(merged.type))
    throw new Error(`an alternative without override in ${JSON.stringify(schema)}`)
  const result = Object.fromEntries(
    Object.entries(merged).filter(([keyword, value]) => !DROPPED.has(keyword) && !isEmptyBound(keyword, value)),
  )
  if (result.format === 'date-time') delete result.pattern
  if (typeof result.pattern === 'string') result.pattern = result.pattern.replaceAll('\\/', '/')
  return adaptChildren(namedKeys(schema, result))
}

/** Converts a map with known keys to an object, so that each key has a description and an unknown one is rejected. Pure. */
function namedKeys({ propertyNames }: Schema, { additionalProperties, ...schema }: Schema): Schema {
  const keys = (propertyNames as { enum?: readonly string[] } | undefined)?.enum
  if (additionalProperties === undefined) return schema
  if (keys === undefined) return { ...schema, additionalProperties }
  return { ...schema, properties: Object.fromEntries(keys.map((key) => [key, additionalProperties])) }
}

function adaptChildren(schema: Schema): Schema {
  return {
    ...schema,
    ...(schema.properties ? { properties: mapValues(schema.properties, adapt) } : {}),
    ...(schema.items ? { items: adapt(schema.items) } : {}),
    ...(schema.additionalProperties ? { additionalProperties: adapt(schema.additionalProperties) } : {}),
  }
}

/** Removes the bounds of safe integers, and the empty schema of open objects, which zod adds. */
function isEmptyBound(keyword: string, value: unknown): boolean {
  return (keyword === 'minimum' || keyword === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER
}

function mapValues(record: Readonly<Record<string, Schema>>, map: (value: Schema) => Schema): Record<string, Schema> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
