import { argumentOf, KNOWN_SOCKETS, type KnownSocket, socketPathOf } from '@guardimesh/kit'
import { z } from 'zod'

/** A process that is the kubelet of this node, or embeds it. */
export interface KubeletFacts {
  /** Its arguments, the program first. */
  readonly args: readonly string[]
  /** Its configuration: the file of `--config`, then the files of `--config-dir` in order. Later files override earlier ones. */
  readonly configTexts: readonly string[]
}

export interface DiscoveryFacts {
  /** Endpoint from the configuration, if set. */
  readonly override: string | undefined
  readonly kubelets: readonly KubeletFacts[]
  /** Paths of the known sockets that exist. */
  readonly sockets: readonly string[]
}

/** A runtime to connect to. */
export interface Candidate {
  readonly api: KnownSocket['api']
  /** Path of its socket on the node. */
  readonly socketPath: string
  /** Why it is a candidate, as the end of a sentence: "the kubelet's command line names it". */
  readonly reason: string
}

export interface Discovery {
  /** Best first. */
  readonly candidates: readonly Candidate[]
  /** True when a setting or the kubelet names the runtime. No other runtime is used then, even while it does not answer. */
  readonly certain: boolean
  /** Everything that was checked, for the error message when nothing was found. */
  readonly tried: readonly string[]
}

/**
 * Decides which runtimes to try, best first: the configured one, then the one that the kubelet uses, then any with an existing socket. Pure.
 * Source: docs/architecture.md.
 */
export function discoverRuntime(facts: DiscoveryFacts): Discovery {
  if (facts.override !== undefined) return named(facts.override, 'the setting RUNTIME_ENDPOINT names it')
  for (const kubelet of facts.kubelets) {
    const found = namedByKubelet(kubelet)
    if (found) return found
  }
  const candidates = KNOWN_SOCKETS.filter(({ socketPath }) => facts.sockets.includes(socketPath)).map(({ name, api, socketPath }) => ({
    api,
    socketPath,
    reason: `no kubelet names another one, and the socket of ${name} exists`,
  }))
  const kubelets = facts.kubelets.length === 0 ? 'no kubelet runs' : 'the kubelet names no runtime'
  return { candidates, certain: false, tried: [kubelets, ...KNOWN_SOCKETS.map(({ socketPath }) => socketPath)] }
}

function namedByKubelet({ args, configTexts }: KubeletFacts): Discovery | undefined {
  const argument = argumentOf(args, '--container-runtime-endpoint')
  if (argument) return named(argument, "the kubelet's command line names it")
  const configured = configTexts.map(endpointInConfig).findLast((endpoint) => endpoint !== undefined)
  if (configured) return named(configured, "the kubelet's configuration names it")
  // Before Kubernetes 1.24 the kubelet used Docker directly; k3s still can.
  if (argumentOf(args, '--container-runtime') === 'docker' || args.includes('--docker'))
    return named('unix:///var/run/docker.sock', "the kubelet's command line selects Docker")
  return undefined
}

/** cri-dockerd does not report the layers of containers, so Docker is queried directly. */
function named(endpoint: string, reason: string): Discovery {
  const socketPath = socketPathOf(endpoint)
  const candidate: Candidate = /cri-dockerd[^/]*$|dockershim[^/]*$/.test(socketPath)
    ? { api: 'docker', socketPath: '/var/run/docker.sock', reason: `${reason} through ${socketPath}` }
    : { api: /docker[^/]*\.sock$/.test(socketPath) ? 'docker' : 'cri', socketPath, reason }
  return { candidates: [candidate], certain: true, tried: [candidate.socketPath] }
}

const KubeletConfiguration = z.object({ containerRuntimeEndpoint: z.string().min(1) })

/** Parses the endpoint from a KubeletConfiguration, in JSON or YAML. In YAML it must be a top-level key with its value on the same line. */
function endpointInConfig(text: string): string | undefined {
  if (!text.trimStart().startsWith('{')) return /^containerRuntimeEndpoint\s*:\s*["']?([^"'\s#]+)/m.exec(text)?.[1]
  try {
    return KubeletConfiguration.safeParse(JSON.parse(text)).data?.containerRuntimeEndpoint
  } catch {
    return undefined
  }
}
