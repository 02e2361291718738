import type { ContainerInfoMessage, ScanConfig, ScanSourceName } from '@guardimesh/contracts'
import type { NotScanned, SourceItem } from '../../../sources/found-file.js'
import { memoryFiles } from '../../../sources/memory-mounts.js'
import { upperdirFiles } from '../../../sources/upperdir.js'
import { volumeFiles } from '../../../sources/volume.js'
import { isSkippedNamespace } from '../triggers/schedule.js'

/** Why the files of a container are not looked at; undefined when they are. Pure. */
export function whyLeftOut(container: ContainerInfoMessage, { skipNamespaces }: ScanConfig): NotScanned | undefined {
  if (isSkippedNamespace(container.namespace, skipNamespaces))
    return whole('skipped_namespace', `the scan configuration skips the namespace ${container.namespace}`)
  if (container.unsupportedReason !== '') return whole('unsupported_snapshotter', container.unsupportedReason)
  if (container.upperdir === '') return whole('not_inspected', 'the runtime did not tell where the writable layer is')
  return undefined
}

/**
 * The files that a container wrote: writable layer, memory folders, and volumes when that feature is on. Files can be opened until the
 * generator goes on to the next folder.
 *
 * @param sourceOf what a finding shall say of where its file was found.
 * @throws KernelError when the writable layer itself cannot be opened.
 */
export function* containerItems(
  hostRoot: string,
  container: ContainerInfoMessage,
  { features }: ScanConfig,
  sourceOf: (own: ScanSourceName) => ScanSourceName,
): Generator<SourceItem> {
  const { upperdir, mounts } = container
  yield* upperdirFiles({ hostRoot, upperdir, scanSource: sourceOf('upperdir') })
  yield* memoryFiles(hostRoot, container, sourceOf('volume'))
  if (features.volumes) yield* volumeFiles(hostRoot, mounts, sourceOf('volume'))
}

/** What says something about a whole container. Pure. */
export function whole(reason: NotScanned['reason'], detail: string): NotScanned {
  return { reason, path: Buffer.alloc(0), count: 0, sizeBytes: 0, detail }
}
