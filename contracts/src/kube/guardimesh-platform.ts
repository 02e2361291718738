import { z } from 'zod'
import { DEFAULT_ADMINISTRATOR_EMAIL } from '../http/sessions.js'
import { ScannerSettings, SecretKey } from './guardimesh-scanner.js'
import { Conditions, Images, kubeRules, ObjectName, StringMap, Workload } from './workload.js'

const SecretReference = z.object({ name: ObjectName.describe('Name of a Secret in the same namespace.') })
const Replicas = z.number().int().min(1).max(20).optional()

const EXPOSURE_RULES = kubeRules(
  {
    rule: "!has(self.type) || !(self.type in ['Ingress', 'Gateway']) || has(self.host)",
    message: 'types Ingress and Gateway need host: the name that people type',
  },
  {
    rule: "!has(self.type) || self.type != 'Gateway' || has(self.gateway)",
    message: 'type Gateway needs gateway.name: the Gateway that takes the requests',
  },
  {
    rule: "!has(self.nodePort) || (has(self.type) && self.type == 'NodePort')",
    message: 'nodePort counts with type NodePort only: set the type or remove it',
  },
  {
    rule: "!has(self.ingressClassName) || (has(self.type) && self.type == 'Ingress')",
    message: 'ingressClassName counts with type Ingress only: set the type or remove it',
  },
  {
    rule: "!has(self.gateway) || (has(self.type) && self.type == 'Gateway')",
    message: 'gateway counts with type Gateway only: set the type or remove it',
  },
)
const DATABASE_RULES = kubeRules(
  {
    rule: "!has(self.type) || self.type != 'External' || has(self.external)",
    message: 'type External needs external.secret: the Secret that says how to reach PostgreSQL',
  },
  {
    rule: "!has(self.external) || (has(self.type) && self.type == 'External')",
    message: 'external counts with type External only: set the type or remove it',
  },
  {
    rule: "!has(self.bundled) || !has(self.type) || self.type == 'Bundled'",
    message: 'bundled counts with type Bundled only: remove it',
  },
)
const TLS_RULES = kubeRules({
  rule: "!has(self.issuer) || self.issuer != 'CertManager' || has(self.issuerRef)",
  message: 'issuer CertManager needs issuerRef.name: the issuer that signs the certificates',
})

const Storage = z.object({
  size: z
    .string()
    .max(16)
    .regex(/^[1-9][0-9]*(Mi|Gi|Ti)$/)
    .meta(
      kubeRules({
        rule: 'quantity(self).compareTo(quantity(oldSelf)) >= 0',
        message: 'a volume cannot shrink: give the old size or a larger one',
      }),
    )
    .optional()
    .describe('Size of the volume. It can grow later when its storage class allows that, but not shrink.'),
  storageClassName: ObjectName.meta(
    kubeRules({ rule: 'self == oldSelf', message: 'the storage class of a volume cannot be changed: give the old one' }),
  )
    .optional()
    .describe("Storage class. The default is: the cluster's default class."),
})

/** A key of PEM is 113 characters long; some more for line ends of other systems. */
const PublicKey = z
  .string()
  .max(512)
  .regex(/^-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----\s*$/)
  .describe('The content of a .pub file of guardimesh signatures keygen.')

/** IPv4 in full; of IPv6 the characters only, the rest is the operator's to check. */
const CIDR =
  /^(((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\/([0-9]|[12][0-9]|3[0-2])|[0-9a-fA-F:]+\/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))$/

/** Where notifications may go; policies of Kubernetes know addresses, not names. */
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
        'Secret with the first password under the key password. Without it one is made, in the Secret <name>-administrator.',
      ),
    })
    .optional()
    .describe('The first account.'),
  backend: Workload.extend({ replicas: Replicas.describe('Pods of the API. The default is: 2.') })
    .optional()
    .describe('The API.'),
  worker: Workload.extend({ replicas: Replicas.describe('Pods of the background work. The default is: 1.') })
    .optional()
    .describe('The background work.'),
  console: Workload.extend({
    replicas: Replicas.describe('Pods of the console. The default is: 2.'),
    exposure: z
      .object({
        type: z.enum(EXPOSURES).optional().describe('How browsers reach the console. The default is: ClusterIP.'),
        host: z
          .string()
          .min(1)
          .max(253)
          .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)
          .optional()
          .describe('Name that people type, such as guardimesh.example. Needed for Ingress and Gateway.'),
        nodePort: z
          .number()
          .int()
          .min(30_000)
          .max(32_767)
          .optional()
          .describe('Port on every node, with type NodePort, from 30000 to 32767. Chosen by the cluster when left out.'),
        ingressClassName: ObjectName.optional().describe("With type Ingress. The default is: the cluster's default class."),
        annotations: StringMap.optional().describe('Annotations of the Ingress or HTTPRoute.'),
        gateway: z
          .object({
            name: ObjectName.describe('Name of the Gateway.'),
            namespace: ObjectName.optional().describe('Namespace of the Gateway. The default is: this one.'),
          })
          .optional()
          .describe('With type Gateway: who takes the requests.'),
      })
      .meta(EXPOSURE_RULES)
      .optional()
      .describe('How browsers reach the console.'),
    certificateSecret: SecretReference.optional().describe(
      'Secret of type kubernetes.io/tls for browsers. Without it the certificate comes from the internal authority.',
    ),
  })
    .optional()
    .describe('The web console.'),
  database: z
    .object({
      type: z.enum(['Bundled', 'External']).optional().describe('Bundled runs one PostgreSQL here. The default is: Bundled.'),
      bundled: Workload.extend({ storage: Storage.optional().describe('Volume of the database. The default size is: 20Gi.') })
        .optional()
        .describe('With type Bundled.'),
      external: z
        .object({
          secret: SecretReference.describe(
            'Secret with host, port, dbname, username, password, and ca.crt for a private authority. CloudNativePG writes all of them but ca.crt into the Secret CLUSTER-app, and ca.crt into CLUSTER-ca.',
          ),
          sslMode: z.enum(['verify-full', 'verify-ca', 'require', 'disable']).optional().describe('The default is: verify-full.'),
        })
        .optional()
        .describe('With type External: PostgreSQL 15 or later.'),
    })
    .meta(DATABASE_RULES)
    .optional()
    .describe('Where results are stored.'),
  signatureServer: Workload.extend({
    storage: Storage.optional().describe('Volume of the signatures. The default size is: 10Gi.'),
    trustedKeys: z
      .array(PublicKey)
      .max(16)
      .optional()
      .describe('Public ed25519 keys (PEM) of those whose signature bundles are taken; without one no bundle is.'),
    unsignedFiles: z
      .enum(['Accept', 'Refuse'])
      .optional()
      .describe(
        'Whether files are taken that carry no signature the server can check: databases and rules of your own or of others. Refuse takes them in signed bundles only. The default is: Accept.',
      ),
  })
    .optional()
    .describe('Takes signature databases in, proves them, and serves them to the nodes.'),
  scanner: ScannerSettings.extend({
    mode: z.enum(['Enabled', 'Disabled']).optional().describe('Disabled runs no scanner in this cluster. The default is: Enabled.'),
  })
    .optional()
    .describe('The scanners of this cluster.'),
  notifications: z
    .object({
      egress: z
        .array(EgressRule)
        .max(32)
        .optional()
        .describe('What the worker may reach beside the platform, while networkPolicies is Enabled. Nothing when left out.'),
      caSecret: SecretKey.optional().describe('Certificate authorities (PEM) of receivers, beside those that the image knows.'),
    })
    .optional()
    .describe('How notifications leave the cluster. Who is told of what is set on the console.'),
  tls: z
    .object({
      issuer: z.enum(['Operator', 'CertManager']).optional().describe('Who signs the internal certificates. The default is: Operator.'),
      issuerRef: z
        .object({
          name: ObjectName.describe('Name of the issuer.'),
          kind: z.enum(['Issuer', 'ClusterIssuer']).optional().describe('The default is: Issuer.'),
        })
        .optional()
        .describe('With issuer CertManager.'),
      certificateDays: z
        .number()
        .int()
        .min(1)
        .max(825)
        .optional()
        .describe('How long a certificate is valid; it is renewed when a third of that is left. The default is: 90.'),
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
    .describe('Results and findings older than this are dropped. The default is: 180.'),
  limits: z
    .object({
      nodes: z
        .number()
        .int()
        .min(1)
        .max(100_000)
        .optional()
        .describe('Nodes that may report; results of more are refused. No limit when left out.'),
      ingestResultsPerSecond: z
        .number()
        .int()
        .min(1)
        .max(1_000_000)
        .optional()
        .describe('Results taken per second by one API pod; more are told to come later. No limit when left out.'),
      apiKeys: z.number().int().min(1).max(10_000).optional().describe('API keys in force at the same time. No limit when left out.'),
    })
    .optional()
    .describe('What the platform takes at most.'),
  networkPolicies: z.enum(['Enabled', 'Disabled']).optional().describe('The default is: Enabled.'),
  dataPolicy: z
    .enum(['Retain', 'Delete'])
    .optional()
    .describe('What becomes of the volumes when this resource is deleted. The default is: Retain.'),
})
export type GuardimeshPlatformSpec = z.infer<typeof GuardimeshPlatformSpec>

const ComponentStatus = z.object({
  name: z.string(),
  ready: z.number().int().describe('Pods that are ready.'),
  desired: z.number().int().describe('Pods that shall be.'),
  image: z.string().optional(),
})

export const GuardimeshPlatformStatus = z.object({
  observedGeneration: z.number().int().optional(),
  version: z.string().optional().describe('Version that runs, once all of it does.'),
  consoleURL: z.string().optional().describe('Where browsers find the console.'),
  backendURL: z.string().optional().describe('Where scanners find the backend inside the cluster.'),
  administratorSecret: z.string().optional().describe('Secret with the first password.'),
  signatureGeneration: z.string().optional().describe('Generation that the signature server offers.'),
  components: z.array(ComponentStatus).max(16).optional().describe('The parts and their pods.'),
  conditions: Conditions.optional(),
})
export type GuardimeshPlatformStatus = z.infer<typeof GuardimeshPlatformStatus>
