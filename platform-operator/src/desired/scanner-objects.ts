import { componentName, type SecretKey } from '@guardimesh/contracts'
import { networkPolicy, scannerNetworkPolicyRules } from './network-policies.js'
import { child, contentHash, type KubeObject, selectorLabels } from './object.js'
import { emptyDir, podTemplate, secretFiles } from './pod.js'
import { scannerContainers, signaturePullerInitContainer } from './scanner-containers.js'
import type { ScannerSpec } from './scanner-defaults.js'
import type { ChildContext } from './settings.js'
import { CATALOG_PUBLIC_KEY } from './signature-names.js'
import { CA_KEY } from './tls-names.js'
import { serviceAccount } from './workload.js'

/** All inputs of the objects of a scanner. */
export interface ScannerSettings extends ChildContext {
  readonly spec: ScannerSpec
  /** Changes with the API key, which the scanner reads only when it starts. */
  readonly keyHash: string
}

/** Annotation of a scanner pod: hash of its template. */
export const TEMPLATE_HASH = 'guardimesh.io/template-hash'

/** All objects of a GuardimeshScanner. Pure. */
export function scannerObjects(settings: ScannerSettings): KubeObject[] {
  const { owner, spec } = settings
  const urls = [spec.backend.url, spec.signatureServer.url]
  return [
    serviceAccount(settings, 'scanner'),
    ...(spec.networkPolicies === 'Enabled' ? [networkPolicy(owner, scannerNetworkPolicyRules(urls))] : []),
    scannerDaemonSet(settings),
  ]
}

function scannerDaemonSet(settings: ScannerSettings): KubeObject {
  const { owner, spec } = settings
  const template = scannerTemplate(settings)
  const { type, maxUnavailable } = spec.updateStrategy
  return child(
    owner,
    { apiVersion: 'apps/v1', kind: 'DaemonSet', name: componentName(owner.name, 'scanner'), component: 'scanner' },
    {
      spec: {
        revisionHistoryLimit: 3,
        selector: { matchLabels: selectorLabels(owner, 'scanner') },
        // For updates in waves, the operator deletes the pods of the current wave itself.
        updateStrategy: type === 'Waves' ? { type: 'OnDelete' } : { type, rollingUpdate: { maxUnavailable } },
        template,
      },
    },
  )
}

/** Pod template with its own hash as an annotation, so that outdated pods can be identified by their metadata alone. Pure. */
function scannerTemplate(settings: ScannerSettings) {
  const template = podTemplate(settings, scannerPod(settings)) as { metadata: { annotations?: Record<string, string> } }
  const annotations = { ...template.metadata.annotations, [TEMPLATE_HASH]: contentHash(template) }
  return { ...template, metadata: { ...template.metadata, annotations } }
}

function scannerPod({ owner, spec, keyHash }: ScannerSettings) {
  const { backend, signatureServer, apiKeySecret } = spec
  const keyFile = (name: string, secret: SecretKey | undefined, file: string) =>
    secret ? [secretFiles(name, secret.name, [secret.key], { [secret.key]: file })] : []
  return {
    component: 'scanner',
    serviceAccountName: componentName(owner.name, 'scanner'),
    settings: spec,
    inputs: keyHash,
    hasToken: true,
    initContainers: [signaturePullerInitContainer(spec)],
    containers: scannerContainers(spec),
    volumes: [
      emptyDir('run'),
      emptyDir('clam'),
      emptyDir('signatures'),
      emptyDir('tmp'),
      emptyDir('antivirus-tmp'),
      { name: 'host', hostPath: { path: '/', type: 'Directory' } },
      // The spool of results for the backend survives the pod.
      { name: 'state', hostPath: { path: '/var/lib/guardimesh/scanner', type: 'DirectoryOrCreate' } },
      secretFiles('api-key', apiKeySecret.name, [apiKeySecret.key]),
      ...keyFile('backend-ca', backend.caSecret, CA_KEY),
      ...keyFile('signatures-ca', signatureServer.caSecret, CA_KEY),
      ...keyFile('catalog-key', signatureServer.catalogKeySecret, CATALOG_PUBLIC_KEY),
    ],
    extra: { hostPID: true },
  }
}
