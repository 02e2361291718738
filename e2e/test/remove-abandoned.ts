import { rm } from 'node:fs/promises'
import { stackFolders } from '@guardimesh/dev/stack/folders.js'
import { stopRecorded } from '@guardimesh/dev/supervision/stop-recorded.js'
import { cleanContainerd } from '@guardimesh/testbed/containerd.js'
import { abandonedFolders } from '@guardimesh/testbed/temporary-folder.js'

/** Stops and deletes the remaining platforms of killed test runs in folders with this purpose. */
export async function removeAbandonedStacks(purpose: string): Promise<void> {
  for (const folder of await abandonedFolders(purpose)) {
    // The folder of its sockets is not recorded and remains, but contains only stale sockets.
    const { stateFile, containerd } = stackFolders(folder, folder)
    await stopRecorded(stateFile)
    await cleanContainerd(containerd)
    await rm(folder, { recursive: true, force: true })
  }
}

/** Stops and deletes the remaining container runtimes of killed test runs. */
export async function removeAbandonedContainerds(purpose: string): Promise<void> {
  for (const folder of await abandonedFolders(purpose)) {
    await cleanContainerd(folder)
    await rm(folder, { recursive: true, force: true })
  }
}
