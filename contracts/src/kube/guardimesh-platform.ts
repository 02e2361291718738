import { z } from 'zod'
import { DEFAULT_ADMINISTRATOR_EMAIL } from '../http/sessions.js'
import { ScannerSettings, SecretKey } from './guardimesh-scanner.js'
import { Conditions, Images, kubeRules, ObjectName, StringMap, Workload } from './workload.js'

const SecretReference = z.object({ name: ObjectName.describe('Name of a Secret in the same namespace.') })
const Replicas = z.number().int().min(1).max(20).optional()

const EXPOSURE_RULES = kubeRules(
  {
    rule: "!has(self.type) || !(self.type in ['Ingress', 'Gateway']) || has(self.host)",
    message: 'types Ingress and Gateway require host, the DNS name of the console',
  },
  {
    rule: "!has(self.type) || self.type != 'Gateway' || has(self.gateway)",
    message: 'type Gateway requires gateway.name',
  },
  {
    rule: "!has(self.nodePort) || (has(self.type) && self.type == 'NodePort')",
    message: 'nodePort requires type NodePort: set the type or remove nodePort',
  },
  {
    rule: "!has(self.ingressClassName) || (has(self.type) && self.type == 'Ingress')",
    message: 'ingressClassName requires type Ingress: set the type or remove ingressClassName',
  },
  {
    rule: "!has(self.gateway) || (has(self.type) && self.type == 'Gateway')",
    message: 'gateway requires type Gateway: set the type or remove gateway',
  },
)
const DATABASE_RULES = kubeRules(
  {
    rule: "!has(self.type) || self.type != 'External' || has(self.external)",
    message: 'type External requires external.secret, the Secret with the connection to PostgreSQL',
  },
  {
    rule: "!has(self.external) || (has(self.type) && self.type == 'External')",
    message: 'external requires type External: set the type or remove external',
  },
  {
    rule: "!has(self.bundled) || !has(self.type) || self.type == 'Bundled'",
    message: 'bundled requires type Bundled: remove bundled',
  },
)
const TLS_RULES = kubeRules({
  rule: "!has(self.issuer) || self.issuer != 'CertManager' || has(self.issuerRef)",
  message: 'issuer CertManager requires issuerRef.name',
})

const Storage = z.object({
  size: z
    .string()
    .max(16)
    .regex(/^[1-9][0-9]*(Mi|Gi|Ti)$/)
    .meta(
      kubeRules({
        rule: 'quantity(self).compareTo(quantity(oldSelf)) >= 0',
        message: 'a volume cannot shrink: use the current size or a larger one',
      }),
    )
    .optional()
    .describe('Size of the volume. It can grow later if the storage class allows it, but never shrink.'),
  storageClassName: ObjectName.meta(
    kubeRules({ rule: 'self == oldSelf', message: 'the storage class of a volume is immutable: use the current one' }),
  )
    .optional()
    .describe("Storage class. The default is: the cluster's default class."),
})

/** A PEM key has 113 characters; the limit leaves room for other line endings. */
const PublicKey = z
  .string()
  .max(512)
  .regex(/^-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*$/)
  .describe('Content of a .pub file written by guardimesh signatures keygen.')

/** Validates IPv4 completely, but only the characters of IPv6; the operator validates the rest. */
const CIDR =
  /^(((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\/([0-9]|[12][0-9]|3[0-2])|[0-9a-fA-F:]+\/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))$/

/** Destination of notifications. Network policies select addresses, not host names. */
const EgressRule = z.object({
  cidr: z.string().max(49).regex(CIDR).describe('Addresses of receivers, such as 10.20.0.7/32 or fd00:20::/64.'),
  ports: z.array(z.number().int().min(1).max(65_535)).min(1).max(16).describe('TCP ports of receivers, such as 443.'),
})

export const EXPOSURES = ['ClusterIP', 'NodePort', 'Ingress', 'Gateway'] as const

export const GuardimeshPlatformSpec = z.object({
  images: Images.optional(),
  administrator: z
    .object({
      email: z
        .string()
        .min(3)
        .max(254)
        .regex(/^[^@\s]+@[^@\s]+$/)
        .optional()
        .describe(`Login of the first administrator. The default is: ${DEFAULT_ADMINISTRATOR_EMAIL}.`),
      passwordSecret: SecretReference.optional().describe(
        'Secret with the initial password in the key password. If omitted, the operator generates a password in the Secret <name>-administrator.',
      ),
    })
    .optional()
    .describe('Initial administrator account.'),
  backend: Workload.extend({ replicas: Replicas.describe('Number of API pods. The default is: 2.') })
    .optional()
    .describe('API of the backend.'),
  worker: Workload.extend({ replicas: Replicas.describe('Number of worker pods. The default is: 1.') })
    .optional()
    .describe('Worker of the backend, which runs background jobs.'),
  console: Workload.extend({
    replicas: Replicas.describe('Number of console pods. The default is: 2.'),
    exposure: z
      .object({
        type: z.enum(EXPOSURES).optional().describe('How browsers reach the console. The default is: ClusterIP.'),
        host: z
          .string()
          .min(1)
          .max(253)
          .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)
          .optional()
          .describe('DNS name of the console, such as guardimesh.example. Required for Ingress and Gateway.'),
        nodePort: z
          .number()
          .int()
          .min(30_000)
          .max(32_767)
          .optional()
          .describe('Port on every node for type NodePort, from 30000 to 32767. The cluster assigns one if omitted.'),
        ingressClassName: ObjectName.optional().describe("Ingress class for type Ingress. The default is: the cluster's default class."),
        annotations: StringMap.optional().describe('Annotations of the Ingress or HTTPRoute.'),
        gateway: z
          .object({
            name: ObjectName.describe('Name of the Gateway.'),
            namespace: ObjectName.optional().describe('Namespace of the Gateway. The default is: the namespace of this resource.'),
          })
          .optional()
          .describe('Gateway that serves the console, for type Gateway.'),
      })
      .meta(EXPOSURE_RULES)
      .optional()
      .describe('How browsers reach the console.'),
    certificateSecret: SecretReference.optional().describe(
      'Secret of type kubernetes.io/tls with the certificate for browsers. If omitted, the internal authority issues one.',
    ),
  })
    .optional()
    .describe('The web console.'),
  database: z
    .object({
      type: z
        .enum(['Bundled', 'External'])
        .optional()
        .describe('Bundled runs one PostgreSQL in the cluster; External uses an existing one. The default is: Bundled.'),
      bundled: Workload.extend({ storage: Storage.optional().describe('Volume of the database. The default size is: 20Gi.') })
        .optional()
        .describe('Settings for type Bundled.'),
      external: z
        .object({
          secret: SecretReference.describe(
            'Secret with host, port, dbname, username, password, and ca.crt for a private certificate authority. CloudNativePG writes all of them except ca.crt to the Secret CLUSTER-app, and ca.crt to CLUSTER-ca.',
          ),
          sslMode: z
            .enum(['verify-full', 'verify-ca', 'require', 'disable'])
            .optional()
            .describe('SSL mode of libpq. The default is: verify-full.'),
        })
        .optional()
        .describe('Settings for type External. Requires PostgreSQL 15 or later.'),
    })
    .meta(DATABASE_RULES)
    .optional()
    .describe('Database for scan results and settings.'),
  signatureServer: Workload.extend({
    storage: Storage.optional().describe('Volume of the signatures. The default size is: 10Gi.'),
    trustedKeys: z
      .array(PublicKey)
      .max(16)
      .optional()
      .describe(
        'Public ed25519 keys (PEM) for signature bundles. Bundles signed with another key are rejected; without keys, all bundles are.',
      ),
    unsignedFiles: z
      .enum(['Accept', 'Refuse'])
      .optional()
      .describe(
        'Whether to accept databases and rules without a signature that the server can verify, such as your own or third-party ones. Refuse accepts them only in signed bundles. The default is: Accept.',
      ),
  })
    .optional()
    .describe('Signature server: imports and verifies signature databases, and distributes them to the nodes.'),
  scanner: ScannerSettings.extend({
    mode: z.enum(['Enabled', 'Disabled']).optional().describe('Disabled runs no scanners in this cluster. The default is: Enabled.'),
  })
    .optional()
    .describe('Scanners of this cluster.'),
  notifications: z
    .object({
      egress: z
        .array(EgressRule)
        .max(32)
        .optional()
        .describe('Destinations outside the platform that the worker may connect to while networkPolicies is Enabled. None if omitted.'),
      allowedNetworks: z
        .array(z.string().max(49).regex(CIDR))
        .max(32)
        .optional()
        .describe(
          'Networks that webhooks may reach although they are internal: addresses of services of the cluster, link-local or loopback addresses, such as 10.96.7.7/32. None if omitted.',
        ),
      caSecret: SecretKey.optional().describe('Certificate authorities (PEM) of receivers, in addition to the public ones in the image.'),
    })
    .optional()
    .describe('Network access and trust for notifications. Notification channels are configured in the console.'),
  tls: z
    .object({
      issuer: z.enum(['Operator', 'CertManager']).optional().describe('Issuer of the internal certificates. The default is: Operator.'),
      issuerRef: z
        .object({
          name: ObjectName.describe('Name of the issuer.'),
          kind: z.enum(['Issuer', 'ClusterIssuer']).optional().describe('Kind of the issuer. The default is: Issuer.'),
        })
        .optional()
        .describe('Issuer of cert-manager, for issuer CertManager.'),
      certificateDays: z
        .number()
        .int()
        .min(1)
        .max(825)
        .optional()
        .describe('Validity of certificates in days. They are renewed when a third of it remains. The default is: 90.'),
    })
    .meta(TLS_RULES)
    .optional()
    .describe('Certificates inside the cluster.'),
  retentionDays: z
    .number()
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe('Days after which results and findings are deleted. The default is: 180.'),
  limits: z
    .object({
      nodes: z
        .number()
        .int()
        .min(1)
        .max(100_000)
        .optional()
        .describe('Maximum number of nodes. Results of further nodes are rejected. 5,000 if omitted.'),
      ingestResultsPerSecond: z
        .number()
        .int()
        .min(1)
        .max(1_000_000)
        .optional()
        .describe(
          'Maximum number of results per second and API pod. Excess results are rejected and sent again later. Unlimited if omitted.',
        ),
      apiKeys: z.number().int().min(1).max(10_000).optional().describe('Maximum number of active API keys. Unlimited if omitted.'),
    })
    .optional()
    .describe('Limits of the platform.'),
  sessions: z
    .object({
      hours: z.number().int().min(1).max(2160).optional().describe('Hours from a login to the end of its session. 168 if omitted.'),
      idleMinutes: z
        .number()
        .int()
        .min(5)
        .max(129_600)
        .optional()
        .describe('Minutes without use after which a session ends. 1,440 if omitted.'),
    })
    .optional()
    .describe('Login sessions of the console.'),
  networkPolicies: z.enum(['Enabled', 'Disabled']).optional().describe('Whether to create network policies. The default is: Enabled.'),
  dataPolicy: z.enum(['Retain', 'Delete']).optional().describe('Whether volumes are deleted with this resource. The default is: Retain.'),
})
export type GuardimeshPlatformSpec = z.infer<typeof GuardimeshPlatformSpec>

const ComponentStatus = z.object({
  name: z.string(),
  ready: z.number().int().describe('Number of ready pods.'),
  desired: z.number().int().describe('Number of desired pods.'),
  image: z.string().optional(),
})

export const GuardimeshPlatformStatus = z.object({
  observedGeneration: z.number().int().optional(),
  version: z.string().optional().describe('Version of the platform. Changes once all components run it.'),
  consoleURL: z.string().optional().describe('URL of the console for browsers.'),
  backendURL: z.string().optional().describe('URL of the backend for scanners inside the cluster.'),
  administratorSecret: z.string().optional().describe('Secret with the initial password of the administrator.'),
  signatureGeneration: z.string().optional().describe('Active generation of signatures.'),
  components: z.array(ComponentStatus).max(16).optional().describe('Components and their pods.'),
  conditions: Conditions.optional(),
})
export type GuardimeshPlatformStatus = z.infer<typeof GuardimeshPlatformStatus>
