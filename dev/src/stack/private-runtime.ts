import { join } from 'node:path'
import { socketPathOf } from '@guardimesh/kit'
import { startContainerd } from '@guardimesh/testbed/containerd.js'
import type { StackContext } from './context.js'
import { testbedComponent } from './testbed-component.js'
import { infectShellCommand, type WatchedRuntime } from './watched-runtime.js'

const DEMO_POD = { namespace: 'demo', name: 'demo-shop' } as const

/**
 * Starts a private containerd with a demo pod. After a crash it restarts with a new demo pod.
 *
 * @param onChange called at the start and after each crash.
 */
export async function startPrivateRuntime(
  context: StackContext,
  why: string,
  onChange: (runtime: WatchedRuntime) => Promise<void>,
): Promise<void> {
  const folder = context.folders.containerd
  const component = testbedComponent({
    name: 'runtime',
    logFile: join(folder, 'containerd.log'),
    start: () => startContainerd({ folder }),
    onStart: async ({ endpoint, runPod }) => {
      const { containerId } = await runPod(DEMO_POD)
      const exec = ['tasks', 'exec', '--exec-id', 'infect', containerId, ...infectShellCommand()]
      await onChange({ endpoint, why, infectCommand: ['ctr', '--address', socketPathOf(endpoint), '--namespace', 'k8s.io', ...exec] })
    },
  })
  await context.supervisor.start(component)
}
