import {
  AGENT_FLAGS,
  AGENT_MALLOC_SETTINGS,
  componentName,
  NODE_CONTAINERS,
  PORTS,
  type ScannerContainer,
  USER_IDS,
} from '@guardimesh/contracts'
import type { Owner } from './object.js'
import {
  API_TOKEN_FOLDER,
  type Body,
  type Container,
  emptyDir,
  environment,
  fromPod,
  httpProbes,
  memoryLimitOf,
  mount,
  port,
} from './pod.js'
import { mergeResources, SCANNER_RESOURCES } from './resources.js'
import type { ScannerSpec } from './scanner-defaults.js'
import { type OwnProfiles, profilesOf } from './security-profiles.js'
import { CATALOG_PUBLIC_KEY } from './signature-names.js'
import { CA_KEY } from './tls-names.js'

/** Each process has a folder of its own for its sockets, which other containers mount read-only, if at all. */
const runFolder = (container: ScannerContainer) => `/run/guardimesh/${container}`
const runVolume = (container: ScannerContainer) => `run-${container}`
const ownFolder = (container: ScannerContainer) => mount(runVolume(container), runFolder(container))
const foreign = (container: ScannerContainer) => mount(runVolume(container), runFolder(container), true)
const tmp = (container: ScannerContainer) => mount(`tmp-${container}`, '/tmp')
const clamd = (folder: string) => ({ CLAMD_SOCKET: `${folder}/clamd.sock`, CLAMD_UID: USER_IDS.antivirus })
const SIGNATURES = { SIGNATURES_FOLDER: '/signatures' }
/** Where the scanner keeps links to the folders of the engines, which are in another pod. */
const ENGINES = `${runFolder('scanner')}/engines`

const signatures = mount('signatures', '/signatures')
const signaturesRead = mount('signatures', '/signatures', true)
const host = { ...mount('host', '/host', true), mountPropagation: 'HostToContainer' }
const state = mount('state', '/state')

/** Volume with the token of the scanner. */
export const API_TOKEN = 'api-token'
const API_KEY_FOLDER = '/secrets/api-key'
const BACKEND_CA_FOLDER = '/tls/ca'
const SIGNATURES_CA_FOLDER = '/tls/signatures-ca'
const CATALOG_KEY_FOLDER = '/tls/catalog-key'

const caFile = (folder: string, secret: unknown) => (secret === undefined ? undefined : `${folder}/${CA_KEY}`)

const ANTIVIRUS = 'guardimesh-antivirus'
/**
 * Configuration of clamd. The puller writes it before clamd starts, because it determines whether memory suffices for concurrent reloads.
 */
const CLAMD_CONFIG = '/run/guardimesh/clamd-config/clamd.conf'
const clamdConfig = (isReadOnly: boolean) => mount('clamd-config', '/run/guardimesh/clamd-config', isReadOnly)

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
    env: [...environment({ ...AGENT_MALLOC_SETTINGS, RUN_FOLDER: runFolder(process), PROBE_PORT: PORTS[process] }), ...(parts.env ?? [])],
    mounts: [ownFolder(process), ...parts.mounts, tmp(process)],
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
export function scannerContainers(owner: Owner, spec: ScannerSpec): Container[] {
  return [scanner(owner, spec), inspector(spec)]
}

/** The containers of a pod with the engines, in start order. Pure. */
export function engineContainers(spec: ScannerSpec, own: OwnProfiles): Container[] {
  return [antivirus(spec, own), puller(spec, own), obfuscationScanner(spec, own)]
}

/** Volumes of a node's pod for its containers: sockets and temporary files, each writable for one container only. Pure. */
export function processVolumes(component: keyof typeof NODE_CONTAINERS, spec: ScannerSpec): Body[] {
  return NODE_CONTAINERS[component].flatMap((container) => [
    emptyDir(runVolume(container), { sizeLimit: RUN_SIZE }),
    emptyDir(`tmp-${container}`, { sizeLimit: diskLimitOf(container, spec) }),
  ])
}

/** Disk that a container may use. Pure. */
export function diskLimitOf(container: ScannerContainer, { resources }: ScannerSpec): string | number | undefined {
  return mergeResources(SCANNER_RESOURCES[container], resources?.[container]).limits['ephemeral-storage']
}

/** Sockets, links and small files. */
const RUN_SIZE = '16Mi'

function scanner(owner: Owner, spec: ScannerSpec): Container {
  const env = [
    ...environment({
      HOST_ROOT: '/host',
      STATE_FOLDER: '/state',
      INSPECTOR_FOLDER: runFolder('inspector'),
      SIGNATURES_FOLDER: `${ENGINES}/signatures`,
      PULLER_FOLDER: `${ENGINES}/puller`,
      OBFUSCATION_FOLDER: `${ENGINES}/obfuscation-scanner`,
      OBFUSCATION_UID: USER_IDS['obfuscation-scanner'],
      ...clamd(`${ENGINES}/antivirus`),
      ENGINES_DAEMON_SET: componentName(owner.name, 'engines'),
      BACKEND_URL: spec.backend.url,
      BACKEND_CA_FILE: caFile(BACKEND_CA_FOLDER, spec.backend.caSecret),
      API_KEY_FILE: `${API_KEY_FOLDER}/${spec.apiKeySecret.key}`,
      CLUSTER_ID: spec.clusterID,
    }),
    fromPod('NODE_NAME', 'spec.nodeName'),
    fromPod('HOST_IP', 'status.hostIP'),
    fromPod('ENGINES_NAMESPACE', 'metadata.namespace'),
  ]
  const authority = spec.backend.caSecret ? [mount('backend-ca', BACKEND_CA_FOLDER, true)] : []
  const token = mount(API_TOKEN, API_TOKEN_FOLDER, true)
  const mounts = [foreign('inspector'), host, state, token, mount('api-key', API_KEY_FOLDER, true), ...authority]
  return agent(spec, 'scanner', { env, mounts, isPrivileged: true })
}

function antivirus(spec: ScannerSpec, own: OwnProfiles): Container {
  const pingProbe = (ping: string) => ({
    exec: { command: ['/usr/bin/clamdscan', `--config-file=${CLAMD_CONFIG}`, `--ping=${ping}`] },
  })
  return {
    name: ANTIVIRUS,
    image: 'antivirus',
    args: [`--config-file=${CLAMD_CONFIG}`],
    env: environment(AGENT_MALLOC_SETTINGS),
    resources: mergeResources(SCANNER_RESOURCES.antivirus, spec.resources?.antivirus),
    mounts: [ownFolder('antivirus'), clamdConfig(true), signaturesRead, tmp('antivirus')],
    userId: USER_IDS.antivirus,
    profiles: profilesOf('antivirus', spec, own),
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
  return agent(spec, 'inspector', { env, mounts: [host], isPrivileged: true })
}

function pullerParts(spec: ScannerSpec): Pick<Container, 'env' | 'mounts' | 'userId'> {
  const { url, caSecret, catalogKeySecret } = spec.signatureServer
  const env = [
    ...environment({
      ...SIGNATURES,
      ...clamd(runFolder('antivirus')),
      CLAMD_CONFIG_FILE: CLAMD_CONFIG,
      CLAMD_CONFIG_TEMPLATE: '/app/antivirus/clamd.conf',
      SIGNATURES_SOURCE_FOLDER: '/app/signatures',
      SIGNATURE_SERVER_URL: url,
      SIGNATURE_SERVER_CA_FILE: caFile(SIGNATURES_CA_FOLDER, caSecret),
      SIGNATURE_SERVER_KEY_FILE: catalogKeySecret && `${CATALOG_KEY_FOLDER}/${CATALOG_PUBLIC_KEY}`,
      CATALOG_FLOOR_WAIT_SECONDS: 60,
      PULL_INTERVAL_SECONDS: spec.signatureCheckSeconds,
    }),
    fromPod('NODE_NAME', 'spec.nodeName'),
    memoryLimitOf('CLAMD_MEMORY_BYTES', ANTIVIRUS),
  ]
  const authority = caSecret ? [mount('signatures-ca', SIGNATURES_CA_FOLDER, true)] : []
  const catalogKey = catalogKeySecret ? [mount('catalog-key', CATALOG_KEY_FOLDER, true)] : []
  return { env, mounts: [foreign('antivirus'), clamdConfig(false), signatures, ...authority, ...catalogKey], userId: USER_IDS.puller }
}

const puller = (spec: ScannerSpec, own: OwnProfiles): Container =>
  agent(spec, 'puller', { ...pullerParts(spec), profiles: profilesOf('puller', spec, own) })

/** Init container that fetches the first signatures and writes the configuration of clamd, which clamd needs to start. Pure. */
export function signaturePullerInitContainer(spec: ScannerSpec, own: OwnProfiles): Container {
  const { probes: _, ports: __, ...container } = puller(spec, own)
  return { ...container, name: 'signature-puller', args: [...(container.args ?? []), '--once'] }
}

function obfuscationScanner(spec: ScannerSpec, own: OwnProfiles): Container {
  const env = environment({ ...SIGNATURES, CLIENT_UID: 0 })
  return agent(spec, 'obfuscation-scanner', {
    ...{ env, mounts: [signaturesRead], userId: USER_IDS['obfuscation-scanner'] },
    profiles: profilesOf('obfuscation-scanner', spec, own),
  })
}
