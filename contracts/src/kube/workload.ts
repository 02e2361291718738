import { z } from 'zod'

// The metadata of a field contains CRD extensions of JSON Schema: tools/src/gen-crds.ts merges `override` into zod's schema.

/** A validation rule of the API server in the Common Expression Language. The message states how to fix the value. */
export interface KubeRule {
  readonly rule: string
  readonly message: string
}

/** Field metadata that adds validation rules to the CRD. Pure. */
export function kubeRules(...rules: readonly KubeRule[]): { readonly override: Readonly<Record<string, unknown>> } {
  return { override: { 'x-kubernetes-validations': rules } }
}

/** A Kubernetes quantity: "2Gi", "500m", or a plain number. */
const Quantity = z.union([z.string(), z.number()]).meta({
  override: { 'x-kubernetes-int-or-string': true, pattern: '^[0-9]+([.][0-9]+)?([KMGTPE]i|[numkMGTPE])?$', maxLength: 32 },
  description: 'A Kubernetes quantity, such as 500m or 2Gi.',
})

export const ObjectName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)

/** Labels, annotations or node selectors. The limits bound the cost of validation rules. */
export const StringMap = z.record(z.string(), z.string().max(2048)).meta({ override: { maxProperties: 64 } })

export const Resources = z
  .object({
    requests: z
      .record(z.string(), Quantity)
      .meta({ override: { maxProperties: 8 } })
      .optional()
      .describe('Resources that the scheduler reserves.'),
    limits: z
      .record(z.string(), Quantity)
      .meta({ override: { maxProperties: 8 } })
      .optional()
      .describe('Maximum resources of the container.'),
  })
  .describe('CPU and memory of the container. Overrides the defaults by resource name.')
export type Resources = z.infer<typeof Resources>

const Toleration = z.object({
  key: z.string().max(317).optional().describe('Taint key; empty matches all keys.'),
  operator: z.enum(['Exists', 'Equal']).optional().describe('Operator for the value. The default is: Equal.'),
  value: z.string().max(63).optional().describe('Taint value.'),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional().describe('Taint effect; empty matches all effects.'),
  tolerationSeconds: z.number().int().optional().describe('Time in seconds that a NoExecute taint is tolerated.'),
})

/** Placement of the pods of a component. */
export const Placement = z.object({
  nodeSelector: StringMap.optional().describe('Labels that a node must have.'),
  tolerations: z.array(Toleration).max(64).optional().describe('Taints that the pods tolerate.'),
  affinity: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({
      override: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      description: 'Affinity as in a pod specification.',
    }),
  priorityClassName: z.string().max(253).optional().describe('Priority class of the pods.'),
})
export type Placement = z.infer<typeof Placement>

/** Settings of the workload of any component. */
export const Workload = Placement.extend({ resources: Resources.optional() })
export type Workload = z.infer<typeof Workload>

export const Images = z
  .object({
    registry: z
      .string()
      .min(1)
      .max(255)
      .regex(/^[a-z0-9.-]+(:[0-9]+)?(\/[a-z0-9._-]+)*$/)
      .optional()
      .describe(
        'Registry and path of the images, such as registry.example:5000/security. If omitted, the images must have been loaded into the nodes; nothing is pulled.',
      ),
    pullSecrets: z
      .array(z.object({ name: ObjectName.describe('Name of a Secret of type kubernetes.io/dockerconfigjson.') }))
      .max(16)
      .optional()
      .describe('Secrets with the credentials of the registry.'),
  })
  .describe('Source of the images.')
export type Images = z.infer<typeof Images>

/** A condition of a Kubernetes status. */
export const Condition = z.object({
  type: z.string().max(316),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string().max(1024),
  message: z.string().max(32_768),
  lastTransitionTime: z.iso.datetime(),
  observedGeneration: z.number().int().optional(),
})
export type Condition = z.infer<typeof Condition>

/** Conditions of a status, one per type. */
export const Conditions = z
  .array(Condition)
  .max(32)
  .meta({ override: { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['type'] } })
  .describe('State of the resource, with reasons and actions for problems.')

/** Child objects are named after the resource, and some of their names are DNS labels. */
export const RESOURCE_NAME_RULE: KubeRule = {
  rule: "self.metadata.name.size() <= 40 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
  message: 'the name must start with a lower-case letter and have at most 40 lower-case letters, digits and hyphens',
}
