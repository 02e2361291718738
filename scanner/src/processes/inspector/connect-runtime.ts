import { GuardError, messageOf } from '@guardimesh/kit'
import { resolveOnHost } from '../../node/kernel.js'
import { CriRuntime } from './cri-runtime.js'
import { type Candidate, discoverRuntime } from './discover-runtime.js'
import { readDiscoveryFacts } from './discovery-facts.js'
import { DockerRuntime } from './docker-runtime.js'
import type { Runtime } from './runtime.js'

/** The chosen container runtime and the reason for the choice. */
export interface ConnectedRuntime {
  readonly runtime: Runtime
  /** Its socket on the node, "unix:///run/containerd/containerd.sock". */
  readonly endpoint: string
  /** One sentence. */
  readonly reason: string
  /** False when neither a setting nor the kubelet names the runtime: another one may be in use. */
  readonly certain: boolean
}

/**
 * Finds the container runtime of the node and connects to it.
 *
 * @param override endpoint from the configuration, if set.
 * @throws GuardError RUNTIME_NOT_FOUND with everything that was tried; RUNTIME_UNAVAILABLE when no candidate answers.
 */
export async function connectRuntime(hostRoot: string, override: string | undefined): Promise<ConnectedRuntime> {
  const { candidates, certain, tried } = discoverRuntime(readDiscoveryFacts(hostRoot, override))
  if (candidates.length === 0) throw new GuardError('RUNTIME_NOT_FOUND', `no container runtime was found; tried: ${tried.join(', ')}`)
  const answers = await Promise.all(candidates.map((candidate) => tryCandidate(hostRoot, candidate)))
  const connected = answers.filter((answer) => 'runtime' in answer)
  const chosen = connected.find(({ containers }) => containers > 0) ?? connected[0]
  for (const { runtime } of connected) if (runtime !== chosen?.runtime) runtime[Symbol.dispose]()
  if (!chosen) {
    const failures = answers.map((answer) => ('failure' in answer ? answer.failure : '')).join('; ')
    throw new GuardError('RUNTIME_UNAVAILABLE', `no container runtime answers: ${failures}`)
  }
  const { runtime, candidate, containers } = chosen
  const best = containers > 0 && connected.length > 1 ? ', and it runs containers' : ''
  const reason = `${runtime.kind} at ${candidate.socketPath} was chosen because ${candidate.reason}${best}.`
  return { runtime, endpoint: `unix://${candidate.socketPath}`, reason, certain }
}

type Answer = { readonly runtime: Runtime; readonly candidate: Candidate; readonly containers: number } | { readonly failure: string }

async function tryCandidate(hostRoot: string, candidate: Candidate): Promise<Answer> {
  try {
    const socketPath = resolveOnHost(hostRoot, candidate.socketPath)
    const runtime = await (candidate.api === 'docker' ? DockerRuntime : CriRuntime).connect(socketPath, hostRoot)
    try {
      return { runtime, candidate, containers: (await runtime.listRunning()).length }
    } catch (error) {
      runtime[Symbol.dispose]()
      throw error
    }
  } catch (error) {
    return { failure: `${candidate.socketPath} (${messageOf(error)})` }
  }
}
