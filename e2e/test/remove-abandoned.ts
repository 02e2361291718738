import { rm } from 'node:fs/promises'
import { cleanContainerd } from '@guardimesh/testbed/containerd.js'
import { abandonedFolders } from '@guardimesh/testbed/temporary-folder.js'
import { stackFolders } from '../../dev/src/stack/folders.js'
import { stopRecorded } from '../../dev/src/supervision/stop-recorded.js'

/** Stops and deletes what test runs left that were killed: whole platforms in the folders of one purpose. */
export async function removeAbandonedStacks(purpose: string): Promise<void> {
  for (const folder of await abandonedFolders(purpose)) {
    // Its folder of sockets has a name that nobody recorded; the sockets that stay in it are dead.
    const { stateFile, containerd } = stackFolders(folder, folder)
    await stopRecorded(stateFile)
    await cleanContainerd(containerd)
    await rm(folder, { recursive: true, force: true })
  }
}

/** Stops and deletes what test runs left that were killed: runtimes that the tests themselves started. */
export async function removeAbandonedContainerds(purpose: string): Promise<void> {
  for (const folder of await abandonedFolders(purpose)) {
    await cleanContainerd(folder)
    await rm(folder, { recursive: true, force: true })
  }
}
