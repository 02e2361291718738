import { componentName, PORTS } from '@guardimesh/contracts'
import type { KubeObject } from './object.js'
import type { PlatformSettings } from './platform-settings.js'
import { claim, emptyDir, environment, httpProbes, mount, port, secretFiles } from './pod.js'
import { DEFAULT_RESOURCES, mergeResources } from './resources.js'
import { TLS_KEYS, tlsSecretName } from './tls-names.js'
import { deployment } from './workload.js'

/** Takes signatures in and serves them. Its volume has one writer, so the old pod goes before the new one comes. Pure. */
export function signatureServerDeployment(settings: PlatformSettings): KubeObject {
  const { owner, spec } = settings
  const name = componentName(owner.name, 'signature-server')
  const pod = {
    component: 'signature-server',
    serviceAccountName: name,
    settings: spec.signatureServer,
    containers: [
      {
        name: 'signature-server',
        image: 'signature-server' as const,
        args: ['--enable-source-maps', 'signature-server/dist/main.js'],
        env: environment({
          LISTEN_HOST: settings.cluster.listenHost,
          PORT: PORTS['signature-server'],
          SIGNATURES_FOLDER: '/signatures',
          TLS_CERTIFICATE_FILE: '/tls/server/tls.crt',
          TLS_KEY_FILE: '/tls/server/tls.key',
        }),
        ports: [port('https', PORTS['signature-server'])],
        resources: mergeResources(DEFAULT_RESOURCES['signature-server'], spec.signatureServer.resources),
        mounts: [mount('signatures', '/signatures'), mount('tls', '/tls/server', true), mount('tmp', '/tmp')],
        probes: httpProbes('https', 'HTTPS'),
      },
    ],
    volumes: [claim('signatures', name), secretFiles('tls', tlsSecretName(owner.name, 'signature-server'), TLS_KEYS), emptyDir('tmp')],
  }
  return deployment(settings, 'signature-server', pod, { replicas: 1, isSingle: true })
}
