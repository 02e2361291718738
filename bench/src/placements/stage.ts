import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecked, runProgram } from '@guardimesh/kit'
import type { RunningContainerd } from '@guardimesh/testbed/containerd.js'
import { SLEEP_FOREVER, shellFiles } from '@guardimesh/testbed/demo-image.js'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { buildImage, type ImageEntry } from '@guardimesh/testbed/oci-image.js'
import type { PodMount, RunningPod } from '@guardimesh/testbed/pod.js'
import { encodeAsWhiteSpace } from '../white-space.js'
import { buildHelperFiles } from './helper-programs.js'
import { buildMalwareLayers } from './malware-layers.js'

export const CLEAN_IMAGE = 'localhost/guardimesh/placements:1'
const LAYERED_IMAGE = 'localhost/guardimesh/placements-layered:1'
const NAMESPACE = 'demo'
/** Numbers of the placements' content start below, those of the stage's own content here. */
const FIRST_STAGE_NUMBER = 20_000
const BLOCK_DEVICE_MIB = 16

/** Kinds of volumes by their folder below a pod's volumes, as a kubelet prepares them, and their path in the container. */
const VOLUMES = {
  'empty-dir': '/volumes/empty-dir',
  memory: '/volumes/memory',
  configmap: '/volumes/configmap',
  secret: '/volumes/secret',
  'local-volume': '/volumes/block',
} as const

/** Namespaces of containerd in which placements create a container without the CRI. */
export const UNMANAGED_NAMESPACES = ['k8s.io', 'placements'] as const
type UnmanagedNamespace = (typeof UNMANAGED_NAMESPACES)[number]
/** Unique, because runc knows containers of all runtimes of this machine by their id. */
const RUN_ID = randomUUID().slice(0, 8)
export const unmanagedId = (namespace: UnmanagedNamespace) => `by-ctr-${namespace.replaceAll('.', '-')}-${RUN_ID}`
export const ctrArguments = ({ socketPath }: RunningContainerd, namespace: UnmanagedNamespace, ...args: string[]) => [
  ...['--address', socketPath, '--namespace', namespace],
  ...args,
]

/** The containers in which malware is put. */
export interface Stage {
  readonly containerd: RunningContainerd
  /** Holds archives, volumes and images. */
  readonly folder: string
  readonly archive: string
  readonly startedAtMs: number
  readonly web: RunningPod
  /** Mounts the same volumes as `web`. */
  readonly neighbour: RunningPod
  readonly privileged: RunningPod
  /** For large files, which would delay the others of their container. */
  readonly heavy: RunningPod
  /** Its image contains malware. */
  readonly layered: RunningPod
  readonly layeredStartedAtMs: number
  stop(): Promise<void>
}

/** Builds the images and volumes, and starts the containers. */
export async function prepareStage(containerd: RunningContainerd, folder: string): Promise<Stage> {
  const archive = join(folder, 'placements.tar')
  const files = [...(await shellFiles()), ...(await buildHelperFiles(folder))]
  await importImages(containerd, folder, archive, files)
  const volumes = await createVolumes(folder)
  const run = (name: string, options: Partial<Parameters<RunningContainerd['runPod']>[0]> = {}) =>
    containerd.runPod({ name, namespace: NAMESPACE, image: CLEAN_IMAGE, ...options })
  const mounts = mountsOf(folder)
  const startedAtMs = Date.now()
  const [web, neighbour, privileged, heavy] = [
    await run('web', { mounts }),
    await run('neighbour', { mounts: mounts.slice(0, 1) }),
    await run('privileged', { isPrivileged: true }),
    await run('heavy'),
  ]
  const layeredStartedAtMs = Date.now()
  const layered = await run('layered', { image: LAYERED_IMAGE })
  const stop = async () => {
    for (const namespace of UNMANAGED_NAMESPACES)
      await runProgram('ctr', ctrArguments(containerd, namespace, 'tasks', 'delete', '--force', unmanagedId(namespace)))
    for (const pod of [web, neighbour, privileged, heavy, layered]) await pod.remove()
    for (const path of volumes) await runProgram('umount', ['-l', path])
    await rm(folder, { recursive: true, force: true })
  }
  return { containerd, folder, archive, startedAtMs, web, neighbour, privileged, heavy, layered, layeredStartedAtMs, stop }
}

async function importImages(containerd: RunningContainerd, folder: string, archive: string, files: readonly ImageEntry[]): Promise<void> {
  await buildImage({ name: CLEAN_IMAGE, files, command: SLEEP_FOREVER, archiveFile: archive })
  await containerd.importImage(archive, CLEAN_IMAGE)
  const { lowest, upper } = buildMalwareLayers(FIRST_STAGE_NUMBER)
  const archiveFile = join(folder, 'layered.tar')
  await buildImage({ name: LAYERED_IMAGE, files: [...files, ...lowest], upperLayers: upper, command: SLEEP_FOREVER, archiveFile })
  await containerd.importImage(archiveFile, LAYERED_IMAGE)
}

const volumesFolder = (folder: string) => join(folder, 'pods/0a1b2c3d-0000-4000-8000-000000000001/volumes')
const volumeFolder = (folder: string, kind: string) => join(volumesFolder(folder), `kubernetes.io~${kind}`, 'volume')

/** Creates the volumes. @returns the mount points on this machine. */
async function createVolumes(folder: string): Promise<string[]> {
  for (const kind of Object.keys(VOLUMES)) await mkdir(volumeFolder(folder, kind), { recursive: true })
  for (const name of ['host', 'sub-path/inner']) await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, 'single'), 'harmless')
  for (const [index, kind] of ['configmap', 'secret'].entries())
    await writeFile(
      join(volumeFolder(folder, kind), 'before'),
      [eicarBytes(), encodeAsWhiteSpace(FIRST_STAGE_NUMBER + 100 + index)].join(''),
    )
  const memory = volumeFolder(folder, 'memory')
  await runChecked('mount', ['-t', 'tmpfs', 'tmpfs', memory])
  const [device, block] = [join(folder, 'block.img'), volumeFolder(folder, 'local-volume')]
  await writeFile(device, Buffer.alloc(BLOCK_DEVICE_MIB * 1024 * 1024))
  await runChecked('mkfs.ext4', ['-q', device])
  await runChecked('mount', ['-o', 'loop', device, block])
  return [memory, block]
}

function mountsOf(folder: string): PodMount[] {
  return [
    ...Object.entries(VOLUMES).map(([kind, containerPath]) => ({ hostPath: volumeFolder(folder, kind), containerPath })),
    { hostPath: join(folder, 'host'), containerPath: '/volumes/host' },
    { hostPath: join(folder, 'sub-path/inner'), containerPath: '/volumes/sub-path' },
    { hostPath: join(folder, 'single'), containerPath: '/etc/single.conf' },
    { hostPath: '/etc', containerPath: '/volumes/node', isReadOnly: true },
  ]
}
