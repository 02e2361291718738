import { type Candidate, discoverRuntime } from '@guardimesh/scanner/processes/inspector/discover-runtime.js'
import { readDiscoveryFacts } from '@guardimesh/scanner/processes/inspector/discovery-facts.js'
import { cleanContainerd } from '@guardimesh/testbed/containerd.js'
import type { StackContext } from './context.js'
import { answersAsDocker, removeDockerDemo, startDockerDemo } from './docker-runtime.js'
import type { StackFolders } from './folders.js'
import { startPrivateRuntime } from './private-runtime.js'
import type { WatchedRuntime } from './watched-runtime.js'

/** The container runtime to watch. */
export type RuntimeChoice =
  /** A private containerd with a demo pod. */
  | { readonly kind: 'private' }
  /** An existing runtime. `unix:///path`. */
  | { readonly kind: 'given'; readonly endpoint: string }
  /** The machine's runtime if it has one in use, otherwise a private one. */
  | { readonly kind: 'discover' }

/**
 * Ensures a container runtime to watch.
 *
 * @param onChange called when the demo container was created again after a crash.
 */
export async function startRuntime(
  context: StackContext,
  choice: RuntimeChoice,
  onChange: (runtime: WatchedRuntime) => Promise<void>,
): Promise<WatchedRuntime> {
  if (choice.kind === 'given') return { endpoint: choice.endpoint, why: `the configured runtime at ${choice.endpoint}` }
  const found = choice.kind === 'discover' ? await machineRuntime() : undefined
  if (found?.api === 'cri') return { endpoint: `unix://${found.socketPath}`, why: describe(found) }
  let runtime: WatchedRuntime | undefined
  const onEachStart = async (started: WatchedRuntime) => {
    runtime = started
    await onChange(started)
  }
  if (found) await startDockerDemo(context, found.socketPath, describe(found), onEachStart)
  else await startPrivateRuntime(context, 'a private containerd with a demo pod', onEachStart)
  if (!runtime) throw new Error('the runtime started without an endpoint')
  return runtime
}

const describe = ({ api, socketPath, reason }: Candidate) =>
  `this machine's ${api === 'docker' ? 'Docker' : 'Kubernetes'} at ${socketPath} (${reason})`

/**
 * Finds the machine's runtime: that of its kubelet, otherwise Docker. A CRI socket without a kubelet is ignored: it lists no containers, even
 * when it belongs to Docker's containerd.
 */
async function machineRuntime(): Promise<Candidate | undefined> {
  const { candidates, certain } = discoverRuntime(readDiscoveryFacts('/', undefined))
  for (const candidate of candidates) {
    const isInUse = candidate.api === 'docker' ? await answersAsDocker(candidate.socketPath) : certain
    if (isInUse) return candidate
  }
  return undefined
}

/** Removes the leftovers of a crashed instance's runtime: containers, shims, mounts. Idempotent. */
export async function cleanRuntime(folders: StackFolders): Promise<void> {
  await cleanContainerd(folders.containerd)
  const dockers = discoverRuntime(readDiscoveryFacts('/', undefined)).candidates.filter(({ api }) => api === 'docker')
  for (const { socketPath } of dockers) if (await answersAsDocker(socketPath)) await removeDockerDemo(folders, socketPath)
}
