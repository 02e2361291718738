import type { Draft } from '@guardimesh/contracts/messages'
import { GuardError } from '@guardimesh/kit'
import type { ContainerSet } from './container-set.js'
import type { RuntimeFollower } from './follow-runtime.js'

type Request = Draft<'InspectorRequest'>
type Answer = Draft<'InspectorResponse'>

/** Creates the handler for the requests of inspector.proto. Errors that it throws are sent to the client. */
export function createHandler(containers: ContainerSet, follower: RuntimeFollower) {
  return async (request: Request, send: (answer: Answer) => Promise<void>, signal: AbortSignal): Promise<void> => {
    const requestId = request.requestId ?? 0
    if (!request.watchContainers) return send({ requestId, ...answerTo(request, containers, follower) })
    for await (const change of containers.watch(signal)) await send({ requestId, change })
  }
}

function answerTo(request: Request, containers: ContainerSet, follower: RuntimeFollower): Answer {
  if (request.getRuntime) return { runtime: follower.status }
  // An empty list would be wrong before the containers have been read.
  if (!containers.isSynced) throw new GuardError('RUNTIME_UNAVAILABLE', follower.status.error || 'the containers have not been read yet')
  if (request.listContainers) return { containers: { containers: containers.containers } }
  if (request.getContainer) return { container: containers.find(request.getContainer.containerId ?? '') }
  throw new GuardError('FRAME_INVALID', 'the request has no content')
}
