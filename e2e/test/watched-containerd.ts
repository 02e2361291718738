import { rm } from 'node:fs/promises'
import { type ContainerdOptions, type RunningContainerd, startContainerd } from '@guardimesh/testbed/containerd.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { startTestStack, type TestStack } from './harness.js'
import { buildPerlImage, PERL_IMAGE } from './perl-image.js'
import { removeAbandonedContainerds } from './remove-abandoned.js'

const PURPOSE = 'e2e-cd'

/** A complete platform and the container runtime that it watches, which the test controls. */
export interface WatchedContainerd {
  readonly stack: TestStack
  readonly containerd: RunningContainerd
  /** Stops both and deletes their folders. */
  stop(): Promise<void>
}

/** Starts a private containerd with the perl image, and a platform that watches it. */
export async function startWatchedContainerd(options: Omit<ContainerdOptions, 'folder'> = {}): Promise<WatchedContainerd> {
  await removeAbandonedContainerds(PURPOSE)
  const folder = await temporaryFolder(PURPOSE)
  const containerd = await startContainerd({ ...options, folder })
  const stopContainerd = async () => {
    await containerd.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await containerd.importImage(await buildPerlImage(folder), PERL_IMAGE)
    const stack = await startTestStack({ runtime: { kind: 'given', endpoint: containerd.endpoint } })
    const stop = async () => {
      await stack.stop()
      await stopContainerd()
    }
    return { stack, containerd, stop }
  } catch (error) {
    await stopContainerd()
    throw error
  }
}
