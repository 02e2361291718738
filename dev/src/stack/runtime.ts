import { GuardError } from '@guardimesh/kit'
import { type Candidate, discoverRuntime } from '@guardimesh/scanner/processes/inspector/discover-runtime.js'
import { readDiscoveryFacts } from '@guardimesh/scanner/processes/inspector/discovery-facts.js'
import { cleanContainerd } from '@guardimesh/testbed/containerd.js'
import type { StackContext } from './context.js'
import { answersAsDocker, removeDockerDemo, startDockerDemo } from './docker-runtime.js'
import type { StackFolders } from './folders.js'
import { startPrivateRuntime } from './private-runtime.js'
import type { WatchedRuntime } from './watched-runtime.js'

/** Whose containers to watch. */
export type RuntimeChoice =
  /** A containerd of our own, with a demo pod. */
  | { readonly kind: 'private' }
  /** This one, as it is. `unix:///path`. */
  | { readonly kind: 'given'; readonly endpoint: string }
  /** The machine's own when it has one in use, else a private one. */
  | { readonly kind: 'discover' }

/**
 * Makes sure that there is a container runtime to watch.
 *
 * @param onChange is told when its demo container was made again after a crash.
 */
export async function startRuntime(
  context: StackContext,
  choice: RuntimeChoice,
  onChange: (runtime: WatchedRuntime) => Promise<void>,
): Promise<WatchedRuntime> {
  if (choice.kind === 'given') return { endpoint: choice.endpoint, why: `the runtime at ${choice.endpoint}, as it was asked for` }
  const found = choice.kind === 'discover' ? await machineRuntime() : undefined
  if (found?.api === 'cri') return { endpoint: `unix://${found.socketPath}`, why: sentence(found) }
  let runtime: WatchedRuntime | undefined
  const onEachStart = async (started: WatchedRuntime) => {
    runtime = started
    await onChange(started)
  }
  if (found) await startDockerDemo(context, found.socketPath, sentence(found), onEachStart)
  else await startPrivateRuntime(context, 'a containerd of our own with a demo pod', onEachStart)
  if (!runtime) throw new GuardError('RUNTIME_UNAVAILABLE', 'the runtime started without telling where')
  return runtime
}

const sentence = ({ api, socketPath, reason }: Candidate) =>
  `this machine's ${api === 'docker' ? 'Docker' : 'Kubernetes'} at ${socketPath} (${reason})`

/**
 * The machine's own runtime: what its kubelet uses, else Docker. A CRI socket without a kubelet shows no containers, even when it belongs to
 * the containerd below Docker; so it does not count.
 */
async function machineRuntime(): Promise<Candidate | undefined> {
  const { candidates, certain } = discoverRuntime(readDiscoveryFacts('/', undefined))
  for (const candidate of candidates) {
    const counts = candidate.api === 'docker' ? await answersAsDocker(candidate.socketPath) : certain
    if (counts) return candidate
  }
  return undefined
}

/** Removes what the runtime of a crashed instance left: containers, shims, mounts. Fine when there is nothing. */
export async function cleanRuntime(folders: StackFolders): Promise<void> {
  await cleanContainerd(folders.containerd)
  const dockers = discoverRuntime(readDiscoveryFacts('/', undefined)).candidates.filter(({ api }) => api === 'docker')
  for (const { socketPath } of dockers) if (await answersAsDocker(socketPath)) await removeDockerDemo(folders, socketPath)
}
