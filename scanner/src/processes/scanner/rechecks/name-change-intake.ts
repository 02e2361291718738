import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import type { Logger } from '@guardimesh/kit'
import { KernelError } from '../../../node/libc.js'
import { type NameEvent, NameEvents } from '../../../node/name-events.js'
import type { ContainerFiles } from '../scans/container-files.js'
import type { RecheckBook } from './recheck-book.js'

export interface NameChangeIntakeOptions {
  readonly hostRoot: string
  readonly containerFiles: ContainerFiles
  readonly book: RecheckBook
  readonly scanConfig: () => ScanConfig
  readonly log: Logger
}

/** Has files checked that were renamed, linked, copied up or changed on the node, which raises no file event. */
export class NameChangeIntake implements Disposable {
  readonly #options: NameChangeIntakeOptions
  readonly #containers = new Map<string, ContainerInfoMessage>()
  readonly #nameEvents: NameEvents | undefined

  constructor(options: NameChangeIntakeOptions) {
    this.#options = options
    try {
      this.#nameEvents = new NameEvents(options.hostRoot, (events) => this.#accept(events))
    } catch (error) {
      if (!(error instanceof KernelError)) throw error
      options.log.warn({ error }, 'failed to open name events: renamed and copied up files are found by periodic walks only')
    }
  }

  start(container: ContainerInfoMessage): void {
    const { containerFiles, log } = this.#options
    if (!this.#nameEvents || containerFiles.exclusionOf(container)) return
    const { containerId, upperdir } = container
    try {
      this.#nameEvents.watch(containerId, upperdir)
      this.#containers.set(containerId, container)
    } catch (error) {
      if (!(error instanceof KernelError)) throw error
      log.warn({ error, containerId }, 'failed to watch names: renamed and copied up files are found by periodic walks only')
    }
  }

  stop({ containerId }: ContainerInfoMessage): void {
    this.#containers.delete(containerId)
    this.#nameEvents?.unwatch(containerId)
  }

  [Symbol.dispose](): void {
    this.#nameEvents?.[Symbol.dispose]()
  }

  #accept(events: readonly NameEvent[]): void {
    const { book, scanConfig } = this.#options
    if (!scanConfig().features.fanotify) return
    const nowMs = performance.now()
    for (const { containerId, path } of events) {
      const container = this.#containers.get(containerId)
      if (container) book.addChanged({ container, layer: 'upperdir', path, inode: 0n, scanned: undefined, process: undefined }, nowMs)
    }
  }
}
