import { z } from 'zod'
import { Condition, Images, ObjectName, Placement, Resources } from './workload.js'

const SecretKey = z.object({
  name: ObjectName.describe('Name of a Secret in the same namespace.'),
  key: z.string().min(1).max(253).describe('Key in the Secret.'),
})

export const ScannerContainers = ['scanner', 'antivirus', 'inspector', 'puller', 'obfuscation-scanner'] as const

/** What can be told of scanners, whether they belong to a platform here or report elsewhere. */
export const ScannerSettings = Placement.extend({
  clusterID: z.string().min(1).max(128).optional().describe('Name of this cluster on the console. The default is: local.'),
  runtimeSocket: z
    .string()
    .regex(/^\/[^/]/)
    .max(4096)
    .optional()
    .describe('Socket of the container runtime on the nodes. Found on each node by itself when left out.'),
  signatureCheckSeconds: z
    .number()
    .int()
    .min(10)
    .max(604_800)
    .optional()
    .describe('How often a node asks the signature server for a new generation. The default is: 60.'),
  resources: z
    .partialRecord(z.enum(ScannerContainers), Resources)
    .optional()
    .describe('Processor and memory by container: scanner, antivirus, inspector, puller, obfuscation-scanner.'),
  updateStrategy: z
    .object({
      type: z
        .enum(['RollingUpdate', 'Waves'])
        .optional()
        .describe(
          'RollingUpdate goes node by node; Waves updates the nodes of each wave, waits, and stops when one fails. The default is: RollingUpdate.',
        ),
      maxUnavailable: z
        .union([z.number().int(), z.string()])
        .optional()
        .meta({
          override: { 'x-kubernetes-int-or-string': true },
          description: 'Nodes without a scanner at the same time: a number or a percentage. The default is: 10%.',
        }),
      waves: z
        .array(
          z.object({
            nodeSelector: z.record(z.string(), z.string()).describe('Labels of the nodes of this wave.'),
            pauseSeconds: z
              .number()
              .int()
              .min(0)
              .max(86_400)
              .optional()
              .describe('How long every node of this wave must have been ready before the next begins. The default is: 60.'),
          }),
        )
        .max(16)
        .optional()
        .describe('Waves in their order; nodes that match none come last.'),
    })
    .optional()
    .describe('How a new version reaches the nodes.'),
})
export type ScannerSettings = z.infer<typeof ScannerSettings>

export const GuardimeshScannerSpec = ScannerSettings.extend({
  images: Images.optional(),
  backend: z
    .object({
      url: z
        .string()
        .regex(/^https:\/\/[^/\s]+(\/[^\s]*)?$/)
        .max(2048)
        .describe('Address of the backend, such as https://guardimesh.example.'),
      caSecret: SecretKey.optional().describe('Certificate authority of the backend; left out for a certificate that the image knows.'),
    })
    .describe('Who takes the results.'),
  apiKeySecret: SecretKey.describe('API key with scope ingestion.'),
  signatureServer: z
    .object({
      url: z
        .string()
        .regex(/^https:\/\/[^/\s]+(\/[^\s]*)?$/)
        .max(2048)
        .describe('Address of the signature server.'),
      caSecret: SecretKey.optional().describe('Certificate authority of the signature server.'),
    })
    .describe('Where signatures come from.'),
  networkPolicies: z.enum(['Enabled', 'Disabled']).optional().describe('The default is: Enabled.'),
})
export type GuardimeshScannerSpec = z.infer<typeof GuardimeshScannerSpec>

export const GuardimeshScannerStatus = z.object({
  observedGeneration: z.number().int().optional(),
  version: z.string().optional().describe('Version that the scanners run.'),
  nodesDesired: z.number().int().optional().describe('Nodes that shall have a scanner.'),
  nodesReady: z.number().int().optional().describe('Nodes whose scanner is ready.'),
  nodesUpdated: z.number().int().optional().describe('Nodes whose scanner is of the newest form.'),
  wave: z.string().optional().describe('Wave that is being updated, such as 2/3.'),
  conditions: z.array(Condition).optional(),
})
export type GuardimeshScannerStatus = z.infer<typeof GuardimeshScannerStatus>
