import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import type { Logger } from '@guardimesh/kit'
import { linkToProcessFile } from '../../../node/foreign-folder.js'
import { isOfDaemonSet } from './own-containers.js'

/** Folders of each container of the engines' pod by the name of the link. */
const FOLDERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'guardimesh-antivirus': { antivirus: '/run/guardimesh/antivirus' },
  'guardimesh-obfuscation-scanner': { 'obfuscation-scanner': '/run/guardimesh/obfuscation-scanner' },
  'guardimesh-puller': { puller: '/run/guardimesh/puller', signatures: '/signatures' },
  // The init container, which waits for the catalogue floor.
  'signature-puller': { puller: '/run/guardimesh/puller', signatures: '/signatures' },
}

export interface EngineLinksOptions {
  /** Folder of the links. */
  readonly folder: string
  readonly hostRoot: string
  readonly namespace: string
  readonly daemonSet: string
  readonly log: Logger
}

/**
 * Links to the socket and signature folders of the engines on this node. The engines run in a pod of their own that shares neither a volume
 * nor a process id namespace with this one, so their folders are reached through the mount namespaces of their processes.
 */
export class EngineLinks {
  readonly #options: EngineLinksOptions
  /** Container by name of the link. */
  readonly #linked = new Map<string, string>()
  #last: Promise<void> = Promise.resolve()

  constructor(options: EngineLinksOptions) {
    this.#options = options
  }

  containerStarted(container: ContainerInfoMessage): void {
    const { hostRoot, folder } = this.#options
    for (const [name, path] of Object.entries(this.#foldersOf(container))) {
      this.#linked.set(name, container.containerId)
      this.#inOrder(() => linkToProcessFile(join(folder, name), hostRoot, container.pid, path))
    }
  }

  /** A link to an ended process leads nowhere, unless its id is used again. */
  containerStopped(container: ContainerInfoMessage): void {
    for (const name of Object.keys(this.#foldersOf(container))) {
      if (this.#linked.get(name) !== container.containerId) continue
      this.#linked.delete(name)
      this.#inOrder(() => rm(join(this.#options.folder, name), { force: true }))
    }
  }

  #foldersOf(container: ContainerInfoMessage): Readonly<Record<string, string>> {
    const { containerName } = container
    return (isOfDaemonSet(this.#options, container) && Object.hasOwn(FOLDERS, containerName) && FOLDERS[containerName]) || {}
  }

  #inOrder(change: () => Promise<void>): void {
    this.#last = this.#last.then(change).catch((error: unknown) => {
      this.#options.log.error({ error }, 'failed to link the folder of an engine; retrying when its container restarts')
    })
  }
}
