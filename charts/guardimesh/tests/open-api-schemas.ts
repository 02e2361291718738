import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

type Schema = Readonly<Record<string, unknown>>

/** The part of the document at /openapi/v2 that contains schemas. */
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

/** Location template for kubeconform of the files that `writeSchemas` writes. */
export const schemaLocation = (folder: string) => join(folder, '{{.ResourceKind}}{{.KindSuffix}}.json')

/** Writes the JSON Schema of each wanted kind. Fields that the API server does not know are errors. */
export async function writeSchemas({ definitions }: OpenApi, wanted: ReadonlySet<string>, folder: string): Promise<void> {
  const strict = Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, name === QUANTITY ? QUANTITY_SCHEMA : toStrictSchema(schema)]),
  )
  for (const [name, schema] of Object.entries(definitions))
    for (const kind of (schema[KINDS] ?? []) as GroupVersionKind[])
      if (wanted.has(kind.kind))
        await writeFile(join(folder, fileName(kind)), JSON.stringify({ $ref: `#/definitions/${name}`, definitions: strict }))
}

/** File name that kubeconform derives from apiVersion and kind; it uses only the first label of the group. */
function fileName({ group, version, kind }: GroupVersionKind): string {
  return `${[kind, ...(group ? [group.split('.')[0]] : []), version].join('-').toLowerCase()}.json`
}

/** OpenAPI declares a string, but the API server accepts numbers as well. */
const QUANTITY_SCHEMA: Schema = { type: ['string', 'number'] }

/** Converts an OpenAPI schema to a JSON Schema that rejects unknown fields. Pure. */
function toStrictSchema(schema: Schema): Schema {
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') return { type: ['string', 'integer'] }
  const properties = schema.properties as Readonly<Record<string, Schema>> | undefined
  const isOpen = !properties || 'additionalProperties' in schema || schema['x-kubernetes-preserve-unknown-fields'] === true
  const { additionalProperties, items, format: _, ...rest } = schema
  return {
    ...rest,
    ...(properties
      ? { properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, toStrictSchema(field)])) }
      : {}),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: toStrictSchema(additionalProperties as Schema) } : {}),
    ...(typeof items === 'object' ? { items: toStrictSchema(items as Schema) } : {}),
    ...(isOpen ? {} : { additionalProperties: false }),
  }
}
