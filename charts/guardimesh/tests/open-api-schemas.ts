import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

type Schema = Readonly<Record<string, unknown>>

/** The part of the document at /openapi/v2 that schemas are made of. */
export interface OpenApi {
  readonly definitions: Readonly<Record<string, Schema>>
}

interface GroupVersionKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

const KINDS = 'x-kubernetes-group-version-kind'
const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity'

/** How kubeconform finds what `writeSchemas` wrote. */
export const schemaLocation = (folder: string) => join(folder, '{{.ResourceKind}}{{.KindSuffix}}.json')

/** Writes the JSON Schema of each wanted kind, in which a field that the API server does not know is an error. */
export async function writeSchemas({ definitions }: OpenApi, wanted: ReadonlySet<string>, folder: string): Promise<void> {
  const strict = Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, name === QUANTITY ? QUANTITY_SCHEMA : strictly(schema)]),
  )
  for (const [name, schema] of Object.entries(definitions))
    for (const kind of (schema[KINDS] ?? []) as GroupVersionKind[])
      if (wanted.has(kind.kind))
        await writeFile(join(folder, fileName(kind)), JSON.stringify({ $ref: `#/definitions/${name}`, definitions: strict }))
}

/** As kubeconform makes it from apiVersion and kind: of the group, its first label. */
function fileName({ group, version, kind }: GroupVersionKind): string {
  return `${[kind, ...(group ? [group.split('.')[0]] : []), version].join('-').toLowerCase()}.json`
}

/** OpenAPI calls it text; the API server takes numbers, too. */
const QUANTITY_SCHEMA: Schema = { type: ['string', 'number'] }

/** A schema of OpenAPI as one of JSON Schema, in which every field of an object is named. Pure. */
function strictly(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') return { type: ['string', 'integer'] }
  const properties = schema.properties as Readonly<Record<string, Schema>> | undefined
  const isOpen = !properties || 'additionalProperties' in schema || schema['x-kubernetes-preserve-unknown-fields'] === true
  const { additionalProperties, items, format: _, ...rest } = schema
  return {
    ...rest,
    ...(properties ? { properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, strictly(field)])) } : {}),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: strictly(additionalProperties as Schema) } : {}),
    ...(typeof items === 'object' ? { items: strictly(items as Schema) } : {}),
    ...(isOpen ? {} : { additionalProperties: false }),
  }
}
