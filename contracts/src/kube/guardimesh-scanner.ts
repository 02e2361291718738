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

/** Containers that can have profiles of their own. Runtimes apply none to scanner and inspector, which are privileged. */
export const ProfiledContainers = ['antivirus', 'obfuscation-scanner', 'puller'] as const
export type ProfiledContainer = (typeof ProfiledContainers)[number]
/** Each segment of the path starts with a letter, digit or underscore, which excludes "..". */
const SeccompFile = z
  .string()
  .max(512)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/)
  .describe('Path below the seccomp folder of the kubelet, or runtime/default.')
const AppArmorName = z
  .string()
  .max(512)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9._/-]*$/)
  .describe('Name of a profile that is loaded on the node.')

const MAX_UNAVAILABLE_RULES = kubeRules({
  rule: "type(self) == int ? int(self) >= 1 : string(self).matches('^([1-9][0-9]?|100)%$')",
  message: 'must be a number of nodes, at least 1, or a percentage from 1% to 100%',
})
const WAVES_RULES = kubeRules(
  {
    rule: "!(has(self.type) && self.type == 'Waves') || (has(self.waves) && self.waves.size() > 0)",
    message: 'type Waves requires waves: add at least one',
  },
  {
    rule: "!has(self.waves) || self.waves.size() == 0 || (has(self.type) && self.type == 'Waves')",
    message: 'waves require type Waves: set the type or remove waves',
  },
)

/** Settings of scanners of a platform in the same cluster and of standalone ones. */
export const ScannerSettings = Placement.extend({
  clusterID: z.string().min(1).max(128).optional().describe('Name of this cluster in the console. The default is: local.'),
  runtimeSocket: z
    .string()
    .regex(/^\/[^/]/)
    .max(4096)
    .optional()
    .describe('Socket of the container runtime on the nodes. Detected on each node if omitted.'),
  signatureCheckSeconds: z
    .number()
    .int()
    .min(10)
    .max(604_800)
    .optional()
    .describe(
      'Interval in seconds at which nodes poll the signature server. In addition, nodes are notified of a new generation immediately. The default is: 43200.',
    ),
  resources: z
    .partialRecord(z.enum(ScannerContainers), Resources)
    .optional()
    .describe('CPU and memory by container: scanner, antivirus, inspector, puller, obfuscation-scanner.'),
  kubeletFolder: z
    .string()
    .regex(/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/)
    .max(512)
    .optional()
    .describe(
      'Root folder of the kubelet on the nodes (--root-dir), whose subfolder seccomp receives the seccomp profiles. If omitted: /var/lib/k0s/kubelet in clusters of k0s, /var/lib/kubelet in all others.',
    ),
  seccompProfiles: z
    .partialRecord(z.enum(ProfiledContainers), SeccompFile)
    .optional()
    .describe(
      "Seccomp profile by container (antivirus, obfuscation-scanner, puller): a file below the kubelet's seccomp folder on every node, or runtime/default for that of the container runtime. Containers without one use the profiles of Guardimesh, which the scanner pods install.",
    ),
  appArmorProfiles: z
    .partialRecord(z.enum(ProfiledContainers), AppArmorName)
    .optional()
    .describe(
      "AppArmor profile by container (antivirus, obfuscation-scanner, puller): a name that is loaded on every node. Containers without one use the runtime's default.",
    ),
  updateStrategy: z
    .object({
      type: z
        .enum(['RollingUpdate', 'Waves'])
        .optional()
        .describe(
          'RollingUpdate updates node by node. Waves updates the nodes of one wave, waits, and stops if one fails. The default is: RollingUpdate.',
        ),
      maxUnavailable: z
        .union([z.number().int(), z.string()])
        .optional()
        .meta({
          override: { 'x-kubernetes-int-or-string': true, maxLength: 8, ...MAX_UNAVAILABLE_RULES.override },
          description: 'Maximum number or percentage of nodes without a scanner during an update. The default is: 10%.',
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
              .describe('Time in seconds that all nodes of this wave must be ready before the next wave starts. The default is: 60.'),
          }),
        )
        .max(16)
        .optional()
        .describe('Waves in order. Nodes that match no wave are updated last.'),
    })
    .meta(WAVES_RULES)
    .optional()
    .describe('How nodes are updated to a new version.'),
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
      caSecret: SecretKey.optional().describe('Certificate authority of the backend. Omit it for a certificate of a public authority.'),
    })
    .describe('Backend that receives the results.'),
  apiKeySecret: SecretKey.describe('API key with the scope ingestion.'),
  signatureServer: z
    .object({
      url: z
        .string()
        .regex(/^https:\/\/[^/\s]+(\/[^\s]*)?$/)
        .max(2048)
        .describe('Address of the signature server.'),
      caSecret: SecretKey.optional().describe('Certificate authority of the signature server.'),
      catalogKeySecret: SecretKey.optional().describe(
        'Public key (PEM) of the signature server. Nodes reject signatures that it has not signed. If omitted, only the TLS certificate is verified.',
      ),
    })
    .describe('Signature server that provides the signatures.'),
  networkPolicies: z.enum(['Enabled', 'Disabled']).optional().describe('Whether to create network policies. The default is: Enabled.'),
})
export type GuardimeshScannerSpec = z.infer<typeof GuardimeshScannerSpec>

export const GuardimeshScannerStatus = z.object({
  observedGeneration: z.number().int().optional(),
  version: z.string().optional().describe('Version of the scanners.'),
  nodesDesired: z.number().int().optional().describe('Number of nodes that need a scanner.'),
  nodesReady: z.number().int().optional().describe('Number of nodes with a ready scanner.'),
  nodesUpdated: z.number().int().optional().describe('Number of nodes with an updated scanner.'),
  wave: z.string().optional().describe('Current wave of an update, such as 2/3.'),
  conditions: Conditions.optional(),
})
export type GuardimeshScannerStatus = z.infer<typeof GuardimeshScannerStatus>
