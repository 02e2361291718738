import { z } from 'zod'

/** A field of a resource: what the generator of the CRDs needs beyond JSON Schema goes into its metadata. */
const Quantity = z
  .union([z.string(), z.number()])
  .meta({ override: { 'x-kubernetes-int-or-string': true }, description: 'A Kubernetes quantity, such as 500m or 2Gi.' })

export const ObjectName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)

export const Resources = z
  .object({
    requests: z.record(z.string(), Quantity).optional().describe('What the scheduler sets aside.'),
    limits: z.record(z.string(), Quantity).optional().describe('What the container may use at most.'),
  })
  .describe('Processor and memory of the container. Merged over the defaults, name by name.')
export type Resources = z.infer<typeof Resources>

const Toleration = z.object({
  key: z.string().optional().describe('Taint key; empty matches all keys.'),
  operator: z.enum(['Exists', 'Equal']).optional().describe('The default is: Equal.'),
  value: z.string().optional().describe('Taint value.'),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional().describe('Taint effect; empty matches all effects.'),
  tolerationSeconds: z.number().int().optional().describe('How long a NoExecute taint is tolerated.'),
})

/** Where the pods of a component may run. */
export const Placement = z.object({
  nodeSelector: z.record(z.string(), z.string()).optional().describe('Labels that a node must have.'),
  tolerations: z.array(Toleration).max(64).optional().describe('Taints that the pods tolerate.'),
  affinity: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({
      override: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      description: 'Affinity as in a pod specification.',
    }),
  priorityClassName: z.string().optional().describe('Priority class of the pods.'),
})
export type Placement = z.infer<typeof Placement>

/** What every component's workload can be told. */
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
        'Registry and path that the images were loaded into, such as registry.example:5000/security. Without it the images are taken from the nodes, and nothing is pulled.',
      ),
    pullSecrets: z
      .array(z.object({ name: ObjectName.describe('Name of a Secret of type kubernetes.io/dockerconfigjson.') }))
      .max(16)
      .optional()
      .describe('Secrets with the credentials of the registry.'),
  })
  .describe('Where the images come from.')

/** A condition as in every Kubernetes status. */
export const Condition = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  lastTransitionTime: z.iso.datetime(),
  observedGeneration: z.number().int().optional(),
})
export type Condition = z.infer<typeof Condition>
