import { componentName, GOLDEN_IMAGE_FOLDER, PORTS } from '@guardimesh/contracts'
import { child, type KubeObject } from './object.js'
import type { PlatformSettings } from './platform-settings.js'
import { type Body, claim, configMap, emptyDir, environment, httpProbes, mount, type Pod, port, secretFiles } from './pod.js'
import { DEFAULT_RESOURCES, mergeResources, SIGNATURE_SERVER_TMP_SIZE } from './resources.js'
import { serviceHost } from './settings.js'
import { CATALOG_PRIVATE_KEY, MANAGEMENT_KEY, signatureKeysSecret, signatureTrustName } from './signature-names.js'
import { CA_KEY, TLS_KEYS, tlsSecretName } from './tls-names.js'
import { deployment } from './workload.js'

const KEYS_FOLDER = '/secrets/signature-keys'
const TRUST_FOLDER = '/etc/guardimesh/trusted-keys'
/**
 * Golden set: programs and libraries of this image, including Node and libc, and those of all other images. A signature with false
 * positives is most likely to match these. /app is excluded: it contains the source of the starter rules, which other rules may match
 * correctly.
 */
const GOLDEN_FOLDERS = ['/usr/bin', '/usr/lib', GOLDEN_IMAGE_FOLDER].join(':')

/** ConfigMap with the public keys whose signature bundles are accepted, one file each. Pure. */
export function signatureTrust({ owner, spec }: PlatformSettings): KubeObject {
  const keys = spec.signatureServer.trustedKeys ?? []
  return child(
    owner,
    { apiVersion: 'v1', kind: 'ConfigMap', name: signatureTrustName(owner.name), component: 'signature-server' },
    { data: Object.fromEntries(keys.map((pem, index) => [`key-${index + 1}.pub`, `${pem.trim()}\n`])) },
  )
}

/** Deployment of the signature server. Its volume allows one writer, so the old pod ends before the new one starts. Pure. */
export function signatureServerDeployment(settings: PlatformSettings): KubeObject {
  const { owner, spec, signatureKeys } = settings
  const name = componentName(owner.name, 'signature-server')
  const pod: Pod = {
    component: 'signature-server',
    serviceAccountName: name,
    settings: spec.signatureServer,
    // The server reads the key of the catalogue only when it starts. It reads trusted keys for each use, but the kubelet updates mounted files
    // up to a minute late; a new pod has them within seconds.
    inputs: [signatureKeys.hash, spec.signatureServer.trustedKeys ?? []],
    containers: [
      {
        name: 'signature-server',
        image: 'signature-server' as const,
        args: ['--enable-source-maps', 'signature-server/dist/main.js'],
        env: environment(serverEnvironment(settings)),
        ports: [port('https', PORTS['signature-server'])],
        resources: mergeResources(DEFAULT_RESOURCES['signature-server'], spec.signatureServer.resources),
        mounts: [
          mount('signatures', '/signatures'),
          mount('tls', '/tls/server', true),
          mount('signature-keys', KEYS_FOLDER, true),
          mount('trusted-keys', TRUST_FOLDER, true),
          mount('tmp', '/tmp'),
        ],
        probes: httpProbes('https', 'HTTPS'),
      },
    ],
    volumes: [
      claim('signatures', name),
      secretFiles('tls', tlsSecretName(owner.name, 'signature-server'), TLS_KEYS),
      secretFiles('signature-keys', signatureKeysSecret(owner.name), [CATALOG_PRIVATE_KEY, MANAGEMENT_KEY]),
      configMap('trusted-keys', signatureTrustName(owner.name)),
      emptyDir('tmp', { sizeLimit: SIGNATURE_SERVER_TMP_SIZE }),
    ],
  }
  return deployment(settings, 'signature-server', pod, { replicas: 1, isSingle: true })
}

function serverEnvironment({ cluster, spec }: PlatformSettings) {
  return {
    LISTEN_HOST: cluster.listenHost,
    PORT: PORTS['signature-server'],
    SIGNATURES_FOLDER: '/signatures',
    TLS_CERTIFICATE_FILE: '/tls/server/tls.crt',
    TLS_KEY_FILE: '/tls/server/tls.key',
    CATALOG_KEY_FILE: `${KEYS_FOLDER}/${CATALOG_PRIVATE_KEY}`,
    MANAGEMENT_KEY_FILE: `${KEYS_FOLDER}/${MANAGEMENT_KEY}`,
    TRUSTED_KEYS_FOLDER: TRUST_FOLDER,
    UNSIGNED_FILES: spec.signatureServer.unsignedFiles.toLowerCase(),
    GOLDEN_FOLDERS,
  }
}

/** Environment, mounts and volumes of a process that manages the signature server. `databaseParts` mounts the authority. Pure. */
export function signatureServerParts(settings: PlatformSettings): { env: Body[]; mounts: Body[]; volumes: Body[] } {
  const { name } = settings.owner
  return {
    env: environment({
      SIGNATURE_SERVER_URL: `https://${serviceHost(settings, componentName(name, 'signature-server'))}`,
      SIGNATURE_SERVER_CA_FILE: `/tls/ca/${CA_KEY}`,
      SIGNATURE_SERVER_MANAGEMENT_KEY_FILE: `${KEYS_FOLDER}/${MANAGEMENT_KEY}`,
    }),
    mounts: [mount('signature-keys', KEYS_FOLDER, true)],
    volumes: [secretFiles('signature-keys', signatureKeysSecret(name), [MANAGEMENT_KEY])],
  }
}
