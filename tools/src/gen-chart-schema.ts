import { GuardimeshPlatformSpec, GuardimeshScannerSpec } from '@guardimesh/contracts'
import { z } from 'zod'
import { type Schema, structuralSchema } from './structural-schema.js'

const Names = z.array(z.object({ name: z.string().min(1) }))
const Quantities = z.record(z.string(), z.union([z.string(), z.number()]).meta({ override: { 'x-kubernetes-int-or-string': true } }))
const Anything = z.record(z.string(), z.unknown()).meta({ override: { 'x-kubernetes-preserve-unknown-fields': true } })

/** Values of the chart. templates/validate.yaml rejects values that a schema cannot express or explain. */
const ChartValues = z.object({
  global: z.object({ imageRegistry: z.string(), imagePullSecrets: Names }),
  clusterID: z.string().min(1).max(128),
  operator: z.object({
    replicas: z.number().int().min(1).max(5),
    resources: z.object({ requests: Quantities.optional(), limits: Quantities.optional() }),
    nodeSelector: z.record(z.string(), z.string()),
    tolerations: z.array(Anything),
    affinity: Anything,
    priorityClassName: z.string(),
  }),
  platform: z.object({ enabled: z.boolean(), spec: GuardimeshPlatformSpec.optional() }),
  scanner: z.object({
    enabled: z.boolean(),
    spec: GuardimeshScannerSpec.partial().optional(),
    serviceAccounts: z.array(z.string().min(1).max(253)).max(32),
  }),
  podSecurity: z.object({ enforceRestricted: z.boolean() }),
  networkPolicy: z.object({ enabled: z.boolean(), apiServerCIDRs: z.array(z.string()) }),
  openshift: z.object({ enabled: z.boolean() }),
  crds: z.object({ keep: z.boolean() }),
  tests: z.object({ networkPoliciesEnforced: z.boolean(), outsideAddresses: z.array(z.string()), apiKeySecret: z.string() }),
})

/** Builds `values.schema.json` of the chart: the schemas of the resources without unknown keys. Pure. */
export function chartSchemaText(): string {
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', ...closed(structuralSchema(ChartValues)) }
  return `${JSON.stringify(schema, null, 2)}\n`
}

/** Converts a structural schema to plain JSON Schema that forbids unknown keys. */
function closed(schema: Schema): Record<string, unknown> {
  const kept = Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keyword.startsWith('x-kubernetes-')))
  if (schema['x-kubernetes-int-or-string'] === true) return { ...kept, type: ['integer', 'number', 'string'] }
  return {
    ...kept,
    ...(schema.properties ? { properties: mapClosed(schema.properties), additionalProperties: false } : {}),
    ...(schema.items ? { items: closed(schema.items) } : {}),
    ...(schema.additionalProperties ? { additionalProperties: closed(schema.additionalProperties) } : {}),
  }
}

function mapClosed(properties: Readonly<Record<string, Schema>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, closed(property)]))
}
