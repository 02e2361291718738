import { PORTS, type ScannerContainer } from '@guardimesh/contracts'
import { type Container, environment, fromPod, httpProbes, memoryLimitOf, mount, port } from './pod.js'
import { mergeResources, SCANNER_RESOURCES } from './resources.js'
import type { ScannerSpec } from './scanner-defaults.js'
import { CATALOG_PUBLIC_KEY } from './signature-names.js'
import { CA_KEY } from './tls-names.js'

/** Saves memory on the nodes: V8 would let the young generation grow to 48 MiB, for a negligible gain in CPU time. */
const AGENT_FLAGS = ['--max-semi-space-size=2']
/** Uses one malloc arena for all threads and returns free memory to the node (mallopt(3)). */
const MALLOC_SETTINGS = { MALLOC_ARENA_MAX: 1, MALLOC_TRIM_THRESHOLD_: 131_072 }

const RUN = { RUN_FOLDER: '/run/guardimesh' }
const CLAMD = { CLAMD_SOCKET: '/clam/clamd.sock' }
const SIGNATURES = { SIGNATURES_FOLDER: '/signatures' }

const run = mount('run', '/run/guardimesh')
const clam = mount('clam', '/clam')
const signatures = mount('signatures', '/signatures')
const signaturesRead = mount('signatures', '/signatures', true)
const host = { ...mount('host', '/host', true), mountPropagation: 'HostToContainer' }
const state = mount('state', '/state')

const API_KEY_FOLDER = '/secrets/api-key'
const BACKEND_CA_FOLDER = '/tls/ca'
const SIGNATURES_CA_FOLDER = '/tls/signatures-ca'
const CATALOG_KEY_FOLDER = '/tls/catalog-key'

const caFile = (folder: string, secret: unknown) => (secret === undefined ? undefined : `${folder}/${CA_KEY}`)

const ANTIVIRUS = 'guardimesh-antivirus'
/**
 * Configuration of clamd. The puller writes it before clamd starts, because it determines whether memory suffices for concurrent reloads.
 */
const CLAMD_CONFIG = '/clam/clamd.conf'

type AgentProcess = Exclude<ScannerContainer, 'antivirus'>
type Parts = Omit<Container, 'name' | 'image' | 'resources'>

function agent(spec: ScannerSpec, process: AgentProcess, parts: Parts): Container {
  return {
    name: `guardimesh-${process}`,
    image: 'scanner',
    args: [...AGENT_FLAGS, `scanner/dist/processes/${process}/main.js`],
    ports: [port(PROBE_NAMES[process], PORTS[process])],
    probes: httpProbes(PROBE_NAMES[process], 'HTTP', 600),
    resources: mergeResources(SCANNER_RESOURCES[process], spec.resources?.[process]),
    ...parts,
    env: [...environment({ ...MALLOC_SETTINGS, ...RUN, PROBE_PORT: PORTS[process] }), ...(parts.env ?? [])],
  }
}

/** Port names are limited to 15 characters. */
const PROBE_NAMES: Readonly<Record<AgentProcess, string>> = {
  scanner: 'scanner',
  inspector: 'inspector',
  puller: 'puller',
  'obfuscation-scanner': 'obfuscation',
}

/** The containers of a scanner pod, in start order. Pure. */
export function scannerContainers(spec: ScannerSpec): Container[] {
  return [scanner(spec), antivirus(spec), inspector(spec), puller(spec), obfuscationScanner(spec)]
}

function scanner(spec: ScannerSpec): Container {
  const env = [
    ...environment({
      HOST_ROOT: '/host',
      STATE_FOLDER: '/state',
      ...SIGNATURES,
      ...CLAMD,
      BACKEND_URL: spec.backend.url,
      BACKEND_CA_FILE: caFile(BACKEND_CA_FOLDER, spec.backend.caSecret),
      API_KEY_FILE: `${API_KEY_FOLDER}/${spec.apiKeySecret.key}`,
      CLUSTER_ID: spec.clusterID,
    }),
    fromPod('NODE_NAME', 'spec.nodeName'),
    fromPod('HOST_IP', 'status.hostIP'),
  ]
  const authority = spec.backend.caSecret ? [mount('backend-ca', BACKEND_CA_FOLDER, true)] : []
  const mounts = [run, clam, signaturesRead, host, state, mount('api-key', API_KEY_FOLDER, true), ...authority, mount('tmp', '/tmp')]
  return agent(spec, 'scanner', { env, mounts, isPrivileged: true })
}

function antivirus(spec: ScannerSpec): Container {
  const pingProbe = (ping: string) => ({
    exec: { command: ['/usr/bin/clamdscan', `--config-file=${CLAMD_CONFIG}`, `--ping=${ping}`] },
  })
  return {
    name: ANTIVIRUS,
    image: 'antivirus',
    args: [`--config-file=${CLAMD_CONFIG}`],
    env: environment(MALLOC_SETTINGS),
    resources: mergeResources(SCANNER_RESOURCES.antivirus, spec.resources?.antivirus),
    mounts: [clam, signaturesRead, mount('antivirus-tmp', '/tmp')],
    probes: {
      // Loading the official signatures takes 30 s on a fast node. clamd does not respond while it loads.
      startupProbe: { ...pingProbe('1'), periodSeconds: 3, timeoutSeconds: 10, failureThreshold: 200 },
      livenessProbe: { ...pingProbe('3:5'), periodSeconds: 60, timeoutSeconds: 30, failureThreshold: 5 },
      readinessProbe: { ...pingProbe('1'), periodSeconds: 20, timeoutSeconds: 10, failureThreshold: 6 },
    },
  }
}

function inspector(spec: ScannerSpec): Container {
  const env = environment({ HOST_ROOT: '/host', RUNTIME_ENDPOINT: spec.runtimeSocket })
  return agent(spec, 'inspector', { env, mounts: [run, host, mount('tmp', '/tmp')], isPrivileged: true })
}

function pullerParts(spec: ScannerSpec): Pick<Container, 'env' | 'mounts'> {
  const { url, caSecret, catalogKeySecret } = spec.signatureServer
  const env = [
    ...environment({
      ...SIGNATURES,
      ...CLAMD,
      CLAMD_CONFIG_FILE: CLAMD_CONFIG,
      CLAMD_CONFIG_TEMPLATE: '/app/antivirus/clamd.conf',
      SIGNATURES_SOURCE_FOLDER: '/app/signatures',
      SIGNATURE_SERVER_URL: url,
      SIGNATURE_SERVER_CA_FILE: caFile(SIGNATURES_CA_FOLDER, caSecret),
      SIGNATURE_SERVER_KEY_FILE: catalogKeySecret && `${CATALOG_KEY_FOLDER}/${CATALOG_PUBLIC_KEY}`,
      PULL_INTERVAL_SECONDS: spec.signatureCheckSeconds,
    }),
    fromPod('NODE_NAME', 'spec.nodeName'),
    memoryLimitOf('CLAMD_MEMORY_BYTES', ANTIVIRUS),
  ]
  const authority = caSecret ? [mount('signatures-ca', SIGNATURES_CA_FOLDER, true)] : []
  const catalogKey = catalogKeySecret ? [mount('catalog-key', CATALOG_KEY_FOLDER, true)] : []
  return { env, mounts: [run, clam, signatures, ...authority, ...catalogKey, mount('tmp', '/tmp')] }
}

const puller = (spec: ScannerSpec): Container => agent(spec, 'puller', pullerParts(spec))

/** Init container that fetches the first signatures and writes the configuration of clamd, which clamd needs to start. Pure. */
export function signaturePullerInitContainer(spec: ScannerSpec): Container {
  const { probes: _, ports: __, ...container } = puller(spec)
  return { ...container, name: 'signature-puller', args: [...(container.args ?? []), '--once'] }
}

function obfuscationScanner(spec: ScannerSpec): Container {
  return agent(spec, 'obfuscation-scanner', { env: environment(SIGNATURES), mounts: [run, signaturesRead, mount('tmp', '/tmp')] })
}
