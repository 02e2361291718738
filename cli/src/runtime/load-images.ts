import { rm } from 'node:fs/promises'
import { IMAGE_NAMES, type ImageTable, imageReference, imageTag, LOADED_REGISTRY } from '@guardimesh/contracts'
import { type LayoutImage, readLayout } from '../bundle/oci-layout.js'
import type { LoadOutcome } from '../registry/push-images.js'
import { imageArchive, layoutOfOne } from './image-archive.js'
import { runProgram } from './run-program.js'

/** Namespace of CRI in containerd. */
const NAMESPACE = 'k8s.io'
/** Source: containerd 1.7, pkg/cri/labels. */
const PINNED_LABEL = 'io.cri-containerd.pinned'

export interface NodeLoad {
  readonly layout: string
  readonly table: ImageTable
  readonly onProgress?: (doing: string) => void
}

/**
 * Loads all images into the containerd of this node, so that pods use them without a registry.
 *
 * @param ctr its client: `ctr --address SOCKET`, or `k3s ctr --address SOCKET`.
 */
export async function loadIntoContainerd(ctr: readonly string[], load: NodeLoad): Promise<LoadOutcome> {
  const images = [...ctr, '--namespace', NAMESPACE, 'images']
  const outcome = await loadMissing(load, {
    // An image of an interrupted import is incomplete and not listed.
    known: async () => new Set(linesOf(await runProgram([...images, 'check', '--quiet']))),
    load: async (image, names) => {
      await runProgram([...images, 'import', '-'], imageArchive(load.layout, image, names))
    },
  })
  await pinOnly(images, namesOf(load.table))
  return outcome
}

/** Pins the images, because the kubelet removes unused images when the disk is full and cannot pull them again. Unpins those of other versions. */
async function pinOnly(images: readonly string[], names: ReadonlySet<string>): Promise<void> {
  const ours = linesOf(await runProgram([...images, 'list', '--quiet'])).filter((name) => name.startsWith(`${LOADED_REGISTRY}/`))
  for (const name of ours) await runProgram([...images, 'label', name, `${PINNED_LABEL}=${names.has(name) ? 'pinned' : ''}`])
}

/** Loads all images into the store of CRI-O and Podman (containers-storage) with skopeo. A digest is found by the name of its repository. */
export async function loadIntoContainersStorage(load: NodeLoad): Promise<LoadOutcome> {
  const target = (name: string) => `containers-storage:${name}`
  const isKnown = (name: string) =>
    runProgram(['skopeo', 'inspect', '--raw', target(name)]).then(
      () => true,
      () => false,
    )
  return loadMissing(load, {
    known: async (names) => {
      const answers = await Promise.all(names.map(isKnown))
      return new Set(names.filter((_, index) => answers[index]))
    },
    load: async (image) => {
      const layout = await layoutOfOne(load.layout, image)
      try {
        await runProgram(['skopeo', 'copy', '--preserve-digests', `oci:${layout}`, target(imageTag(load.table, image.name, undefined))])
      } finally {
        await rm(layout, { recursive: true })
      }
    },
  })
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

/** Returns the names of all images: by digest for pods, by version for users. */
function namesOf(table: ImageTable): ReadonlySet<string> {
  return new Set(IMAGE_NAMES.flatMap((name) => [imageReference(table, name, undefined), imageTag(table, name, undefined)]))
}

interface Store {
  /** Returns the names whose images are complete in the store. */
  readonly known: (names: readonly string[]) => Promise<ReadonlySet<string>>
  readonly load: (image: LayoutImage, names: readonly string[]) => Promise<void>
}

async function loadMissing({ layout, table, onProgress }: NodeLoad, store: Store): Promise<LoadOutcome> {
  const loaded: string[] = []
  const existed: string[] = []
  for (const image of await readLayout(layout, table)) {
    const reference = imageReference(table, image.name, undefined)
    const names = [reference, imageTag(table, image.name, undefined)]
    const known = await store.known(names)
    if (names.every((name) => known.has(name))) existed.push(reference)
    else {
      onProgress?.(reference)
      await store.load(image, names)
      loaded.push(reference)
    }
  }
  return { loaded, existed }
}
