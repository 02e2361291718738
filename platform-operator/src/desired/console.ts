import { componentName, PORTS, USER_IDS } from '@guardimesh/contracts'
import { CA_FOLDER } from './database.js'
import { child, type KubeObject } from './object.js'
import type { PlatformSettings } from './platform-settings.js'
import { configMap, emptyDir, httpProbes, mount, type Pod, port, secretFiles } from './pod.js'
import { DEFAULT_RESOURCES, mergeResources } from './resources.js'
import { serviceHost } from './settings.js'
import { caBundleName, TLS_KEYS, tlsSecretName } from './tls-names.js'
import { deployment, service } from './workload.js'

const nginxConfigMapName = (ownerName: string) => `${componentName(ownerName, 'console')}-nginx`

/** Name of the Secret with the certificate for browsers. Pure. */
export function consoleCertificateSecret({ owner, spec }: PlatformSettings): string {
  return spec.console.certificateSecret?.name ?? tlsSecretName(owner.name, 'console')
}

/** All objects of the web console. Pure. */
export function consoleObjects(settings: PlatformSettings): KubeObject[] {
  const { spec } = settings
  return [
    nginxConfigMap(settings),
    deployment(settings, 'console', consolePod(settings), { replicas: spec.console.replicas }),
    consoleService(settings),
    ...exposureObjects(settings),
  ]
}

/**
 * nginx resolves the backend through the cluster's name server, so that it follows a change of the address within seconds. X-Forwarded-For
 * is the address that nginx sees. The header of a request is only trusted behind an Ingress or Gateway; otherwise clients could forge it.
 */
function nginxConfigMap(settings: PlatformSettings): KubeObject {
  const { owner, cluster, spec } = settings
  const isBehindProxy = ['Ingress', 'Gateway'].includes(spec.console.exposure.type)
  const dnsServer = cluster.dnsServer.includes(':') ? `[${cluster.dnsServer}]` : cluster.dnsServer
  const backend = serviceHost(settings, componentName(owner.name, 'backend'))
  const lines = [
    `resolver ${dnsServer} valid=10s ipv6=off;`,
    `map "" $guardimesh_backend { default "${backend}"; }`,
    `map "" $guardimesh_forwarded_for { default ${isBehindProxy ? '$proxy_add_x_forwarded_for' : '$remote_addr'}; }`,
    '',
  ]
  return child(
    owner,
    { apiVersion: 'v1', kind: 'ConfigMap', name: nginxConfigMapName(owner.name), component: 'console' },
    { data: { 'upstream.conf': lines.join('\n') } },
  )
}

function consolePod(settings: PlatformSettings): Pod {
  const { owner, spec } = settings
  return {
    component: 'console',
    userId: USER_IDS.console,
    serviceAccountName: componentName(owner.name, 'console'),
    settings: spec.console,
    // nginx reads these files only when it starts, certificates at each handshake.
    inputs: [settings.caBundle, nginxConfigMap(settings).data],
    containers: [
      {
        name: 'console',
        image: 'console',
        ports: [port('https', PORTS.console)],
        resources: mergeResources(DEFAULT_RESOURCES.console, spec.console.resources),
        mounts: [
          mount('nginx', '/etc/guardimesh/nginx', true),
          mount('tls', '/tls/server', true),
          mount('ca', CA_FOLDER, true),
          mount('tmp', '/tmp'),
        ],
        probes: httpProbes('https', 'HTTPS'),
      },
    ],
    volumes: [
      configMap('nginx', nginxConfigMapName(owner.name)),
      secretFiles('tls', consoleCertificateSecret(settings), TLS_KEYS),
      configMap('ca', caBundleName(owner.name)),
      emptyDir('tmp'),
    ],
  }
}

function consoleService(settings: PlatformSettings): KubeObject {
  const { type, nodePort } = settings.spec.console.exposure
  return service(settings, 'console', 443, type === 'NodePort' ? { type, nodePort } : {})
}

function exposureObjects(settings: PlatformSettings): KubeObject[] {
  const { type } = settings.spec.console.exposure
  if (type === 'Ingress') return [ingress(settings)]
  if (type === 'Gateway') return [httpRoute(settings), ...(settings.hasBackendTlsPolicies ? [backendTlsPolicy(settings)] : [])]
  return []
}

function ingress(settings: PlatformSettings): KubeObject {
  const { owner, spec } = settings
  const name = componentName(owner.name, 'console')
  const { host, ingressClassName, annotations } = spec.console.exposure
  const backend = { service: { name, port: { name: 'https' } } }
  return child(
    owner,
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      name,
      component: 'console',
      // The console serves TLS only. Users set the equivalent annotation for controllers other than ingress-nginx.
      annotations: { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS', ...annotations },
    },
    {
      spec: {
        ...(ingressClassName === undefined ? {} : { ingressClassName }),
        tls: [{ hosts: [host], secretName: consoleCertificateSecret(settings) }],
        rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
      },
    },
  )
}

function httpRoute({ owner, spec }: PlatformSettings): KubeObject {
  const name = componentName(owner.name, 'console')
  const { host, gateway, annotations } = spec.console.exposure
  return child(
    owner,
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', name, component: 'console', ...(annotations ? { annotations } : {}) },
    {
      spec: {
        parentRefs: [{ name: gateway?.name, ...(gateway?.namespace ? { namespace: gateway.namespace } : {}) }],
        hostnames: [host],
        rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name, port: 443 }] }],
      },
    },
  )
}

/** Makes the Gateway connect to the console with TLS, and sets the trusted authority. */
function backendTlsPolicy(settings: PlatformSettings): KubeObject {
  const { owner } = settings
  const name = componentName(owner.name, 'console')
  return child(
    owner,
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'BackendTLSPolicy', name, component: 'console' },
    {
      spec: {
        targetRefs: [{ group: '', kind: 'Service', name }],
        validation: {
          caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: caBundleName(owner.name) }],
          hostname: serviceHost(settings, name),
        },
      },
    },
  )
}

/** URL of the console for browsers. Pure. @param livePort node port that the cluster assigned. */
export function consoleUrl(settings: PlatformSettings, livePort: number | undefined): string | undefined {
  const { type, host } = settings.spec.console.exposure
  if (type === 'Ingress' || type === 'Gateway') return `https://${host}`
  if (type === 'NodePort') return livePort === undefined ? undefined : `https://${host ?? 'ANY-NODE'}:${livePort}`
  return `https://${serviceHost(settings, componentName(settings.owner.name, 'console'))}`
}
