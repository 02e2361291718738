import { join } from 'node:path'
import { messages } from '@guardimesh/contracts/messages'
import { GuardError, type ProcessContext, serveUnixSocket } from '@guardimesh/kit'
import { requireOwnUid } from '../../node/peer-credentials.js'
import { closeFolder } from '../../node/private-folder.js'
import { startProbes } from '../../probes/start-probes.js'
import type { InspectorConfig } from './config.js'
import { connectRuntime } from './connect-runtime.js'
import { ContainerSet } from './container-set.js'
import { RuntimeFollower } from './follow-runtime.js'
import { createHandler } from './handlers.js'
import { createMetrics } from './metrics.js'
import { UnmanagedContainers } from './unmanaged-containers.js'

/** Runs the inspector until the signal is aborted. */
export async function serveInspector({ config, log, signal }: ProcessContext<InspectorConfig>): Promise<void> {
  const { runFolder, hostRoot, runtimeEndpoint } = config
  const containers = new ContainerSet()
  const follower = new RuntimeFollower({ containers, connect: () => connectRuntime(hostRoot, runtimeEndpoint), hostRoot, log })
  using cleanUp = new DisposableStack()
  await closeFolder(runFolder)
  const server = await serveUnixSocket({
    socketPath: join(runFolder, 'inspector.sock'),
    request: messages.InspectorRequest,
    answer: messages.InspectorResponse,
    handle: createHandler(containers, follower),
    checkPeer: requireOwnUid(),
    log,
  })
  cleanUp.defer(() => server.close())
  const probes = await startProbes({
    runFolder,
    process: 'inspector',
    port: config.probePort,
    metrics: createMetrics(containers, follower),
    readiness: {
      runtime: () => {
        if (!follower.status.reachable) throw new GuardError('RUNTIME_UNAVAILABLE', follower.status.error)
      },
    },
  })
  cleanUp.use(probes)
  const unmanaged = new UnmanagedContainers({ hostRoot, containers, managedIds: () => follower.managedIds(), log })
  await Promise.all([follower.run(signal), config.findsUnmanaged ? unmanaged.run(signal) : undefined])
}
