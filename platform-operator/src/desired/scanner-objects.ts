import { type Component, componentName, ENGINES_GROUP_ID, type SecretKey, USER_IDS } from '@guardimesh/contracts'
import { enginesNetworkPolicyRules, networkPolicy, scannerNetworkPolicyRules } from './network-policies.js'
import { child, contentHash, type KubeObject, selectorLabels } from './object.js'
import { apiToken, emptyDir, type Pod, podTemplate, secretFiles } from './pod.js'
import {
  API_TOKEN,
  diskLimitOf,
  engineContainers,
  processVolumes,
  scannerContainers,
  signaturePullerInitContainer,
} from './scanner-containers.js'
import type { ScannerSpec } from './scanner-defaults.js'
import { type OwnProfiles, profileInstallers, profileVolumes } from './security-profiles.js'
import type { ChildContext } from './settings.js'
import { CATALOG_PUBLIC_KEY } from './signature-names.js'
import { CA_KEY } from './tls-names.js'
import { serviceAccount } from './workload.js'

/** All inputs of the objects of a scanner. */
export interface ScannerSettings extends ChildContext {
  readonly spec: ScannerSpec
  /** Changes with the API key, which the scanner reads only when it starts. */
  readonly keyHash: string
  readonly ownProfiles: OwnProfiles
}

/** Annotation of a scanner pod: hash of its template. */
export const TEMPLATE_HASH = 'guardimesh.io/template-hash'

/** The two DaemonSets of a scanner: privileged processes, and unprivileged parsers of hostile content in a pod of their own. */
export const NODE_COMPONENTS = ['scanner', 'engines'] as const satisfies readonly Component[]
export type NodeComponent = (typeof NODE_COMPONENTS)[number]

/** All objects of a GuardimeshScanner. Pure. */
export function scannerObjects(settings: ScannerSettings): KubeObject[] {
  const { owner, spec } = settings
  return [
    ...NODE_COMPONENTS.map((component) => serviceAccount(settings, component)),
    ...(spec.networkPolicies === 'Enabled' ? networkPolicies(spec).map((rules) => networkPolicy(owner, rules)) : []),
    daemonSet(settings, 'scanner', scannerPod(settings)),
    daemonSet(settings, 'engines', enginesPod(settings)),
  ]
}

const networkPolicies = ({ backend, signatureServer }: ScannerSpec) => [
  scannerNetworkPolicyRules(backend.url),
  enginesNetworkPolicyRules(signatureServer.url),
]

function daemonSet(settings: ScannerSettings, component: NodeComponent, pod: Pod): KubeObject {
  const { owner, spec } = settings
  const { type, maxUnavailable } = spec.updateStrategy
  return child(
    owner,
    { apiVersion: 'apps/v1', kind: 'DaemonSet', name: componentName(owner.name, component), component },
    {
      spec: {
        revisionHistoryLimit: 3,
        selector: { matchLabels: selectorLabels(owner, component) },
        // For updates in waves, the operator deletes the pods of the current wave itself.
        updateStrategy: type === 'Waves' ? { type: 'OnDelete' } : { type, rollingUpdate: { maxUnavailable } },
        template: hashedTemplate(settings, pod),
      },
    },
  )
}

/** Pod template with its own hash as an annotation, so that outdated pods can be identified by their metadata alone. Pure. */
function hashedTemplate(settings: ScannerSettings, pod: Pod) {
  const template = podTemplate(settings, pod) as { metadata: { annotations?: Record<string, string> } }
  const annotations = { ...template.metadata.annotations, [TEMPLATE_HASH]: contentHash(template) }
  return { ...template, metadata: { ...template.metadata, annotations } }
}

const keyFile = (name: string, secret: SecretKey | undefined, file: string) =>
  secret ? [secretFiles(name, secret.name, [secret.key], { [secret.key]: file })] : []

function scannerPod({ owner, spec, cluster, keyHash }: ScannerSettings): Pod {
  const { backend, apiKeySecret } = spec
  const initContainers = profileInstallers(spec)
  return {
    component: 'scanner',
    serviceAccountName: componentName(owner.name, 'scanner'),
    settings: spec,
    inputs: keyHash,
    ...(initContainers.length > 0 ? { initContainers } : {}),
    containers: scannerContainers(owner, spec),
    volumes: [
      ...processVolumes('scanner', spec),
      apiToken(API_TOKEN),
      { name: 'host', hostPath: { path: '/', type: 'Directory' } },
      // The spool of results for the backend survives the pod.
      { name: 'state', hostPath: { path: '/var/lib/guardimesh/scanner', type: 'DirectoryOrCreate' } },
      ...profileVolumes(spec, cluster),
      secretFiles('api-key', apiKeySecret.name, [apiKeySecret.key]),
      ...keyFile('backend-ca', backend.caSecret, CA_KEY),
    ],
    extra: { hostPID: true },
  }
}

/** Everything that parses hostile content, see docs/decisions/0024. Under the rules of "restricted": no host namespace, folder of the node, token or privilege. */
function enginesPod({ owner, spec, ownProfiles }: ScannerSettings): Pod {
  const { signatureServer } = spec
  return {
    component: 'engines',
    serviceAccountName: componentName(owner.name, 'engines'),
    settings: spec,
    userId: USER_IDS.puller,
    groupId: ENGINES_GROUP_ID,
    initContainers: [signaturePullerInitContainer(spec, ownProfiles)],
    containers: engineContainers(spec, ownProfiles),
    volumes: [
      ...processVolumes('engines', spec),
      emptyDir('clamd-config', { sizeLimit: '1Mi' }),
      emptyDir('signatures', { sizeLimit: diskLimitOf('puller', spec) }),
      ...keyFile('signatures-ca', signatureServer.caSecret, CA_KEY),
      ...keyFile('catalog-key', signatureServer.catalogKeySecret, CATALOG_PUBLIC_KEY),
    ],
  }
}
