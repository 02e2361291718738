import { z } from 'zod'
import { Conditions, Images, kubeRules, ObjectName, Placement, Resources, StringMap } from './workload.js'

export const SecretKey = z.object({
  name: ObjectName.describe('Name of a Secret in the same namespace.'),
  key: z
    .string()
    .min(1)
    .max(253)
    .regex(/^[-._a-zA-Z0-9]+$/)
    .describe('Key in the Secret.'),
})
export type SecretKey = z.infer<typeof SecretKey>

export const ScannerContainers = ['scanner', 'antivirus', 'inspector', 'puller', 'obfuscation-scanner'] as const
export type ScannerContainer = (typeof ScannerContainers)[number]

const MAX_UNAVAILABLE_RULES = kubeRules({
  rule: "type(self) == int ? int(self) >= 1 : string(self).matches('^([1-9][0-9]?|100)%$')",
  message: 'give a number of nodes, at least 1, or a percentage from 1% to 100%',
})
const WAVES_RULES = kubeRules(
  {
    rule: "!(has(self.type) && self.type == 'Waves') || (has(self.waves) && self.waves.size() > 0)",
    message: 'type Waves needs waves: give at least one',
  },
  {
    rule: "!has(self.waves) || self.waves.size() == 0 || (has(self.type) && self.type == 'Waves')",
    message: 'waves count with type Waves only: set the type or remove them',
  },
)

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
    .describe(
      'How often a node asks the signature server for a new generation by itself; it is told at once when there is one. The default is: 43200.',
    ),
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
          override: { 'x-kubernetes-int-or-string': true, maxLength: 8, ...MAX_UNAVAILABLE_RULES.override },
          description: 'Nodes without a scanner at the same time: a number or a percentage. The default is: 10%.',
        }),
      waves: z
        .array(
          z.object({
            nodeSelector: StringMap.describe('Labels of the nodes of this wave.'),
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
    .meta(WAVES_RULES)
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
      catalogKeySecret: SecretKey.optional().describe(
        'Public key (PEM) of the signature server: nodes take no signatures that it did not sign. Left out: they are believed by the certificate alone.',
      ),
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
  conditions: Conditions.optional(),
})
export type GuardimeshScannerStatus = z.infer<typeof GuardimeshScannerStatus>
