import { rm } from 'node:fs/promises'
import { stackFolders } from '@guardimesh/dev/stack/folders.js'
import { stopRecorded } from '@guardimesh/dev/supervision/stop-recorded.js'
import { cleanContainerd } from '@guardimesh/testbed/containerd.js'
import { abandonedFolders } from '@guardimesh/testbed/temporary-folder.js'

/** Stops and deletes platforms that killed test runs left in the folders of one purpose. */
export async function removeAbandonedStacks(purpose: string): Promise<void> {
  for (const folder of await abandonedFolders(purpose)) {
    // The folder of its sockets is not recorded; it remains, but contains only stale sockets.
    const { stateFile, containerd } = stackFolders(folder, folder)
    await stopRecorded(stateFile)
    await cleanContainerd(containerd)
    await rm(folder, { recursive: true, force: true })
  }
}

/** Stops and deletes container runtimes that killed test runs left. */
export async function removeAbandonedContainerds(purpose: string): Promise<void> {
  for (const folder of await abandonedFolders(purpose)) {
    await cleanContainerd(folder)
    await rm(folder, { recursive: true, force: true })
  }
}
