import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { namesIn, runChecked, sleep } from '@guardimesh/kit'
import { startChild } from './child-process.js'
import { containerdConfig, type Snapshotter } from './containerd-config.js'
import { type CriClient, CriError, connectCri } from './cri-client.js'
import { buildDemoImage, buildPauseImage, DEMO_IMAGE, PAUSE_IMAGE } from './demo-image.js'
import { endRuntimeProcesses, removeRuntimeFiles } from './leftovers.js'
import { type PodOptions, type RunningPod, removePod, runPod } from './pod.js'
import { endLeftover } from './process-identity.js'
import { requireSocketPath } from './socket-path.js'

const NAMESPACE = 'k8s.io'
const IMAGE_KNOWN_TIMEOUT_MS = 10_000
const POLL_MS = 20
/** Files that it creates in the folder, except the log. */
const OWN_FILES = [
  ...['root', 'state', 'cni', 'pod-logs', 'pause.tar', 'demo.tar'],
  ...['containerd.toml', 'containerd.sock', 'containerd.sock.ttrpc'],
]

export interface ContainerdOptions {
  /**
   * Holds images, layers, state, socket, configuration and log, on a file system that supports overlayfs (ext4, xfs; not another overlay).
   * Leftovers of an earlier run are removed.
   */
  readonly folder: string
  /** Default: overlayfs. */
  readonly snapshotter?: Snapshotter
}

export interface RunningContainerd {
  /** "unix:///…/containerd.sock", which serves CRI. */
  readonly endpoint: string
  readonly socketPath: string
  readonly pid: number
  /** Imports the images of an archive without a registry. @param name image to wait for. */
  importImage(archiveFile: string, name: string): Promise<void>
  /** Runs a pod with one container, by default of the demo image. */
  runPod(options: PodOptions): Promise<RunningPod>
  /** Removes all pods, stops containerd and its shims, unmounts, and removes all files except the log. May be called again. */
  stop(): Promise<void>
}

/**
 * Starts a private containerd: own root, state and socket, no network plug-in (pods use the machine's network), no registry. The pause
 * image and the demo image are imported when it returns.
 *
 * @throws ChildStartError with the output of containerd.
 */
export async function startContainerd(options: ContainerdOptions): Promise<RunningContainerd> {
  const folder = resolve(options.folder)
  const socketPath = join(folder, 'containerd.sock')
  requireSocketPath(`${socketPath}.ttrpc`)
  await cleanContainerd(folder)
  await mkdir(folder, { recursive: true })
  const configFile = join(folder, 'containerd.toml')
  const { snapshotter = 'overlayfs' } = options
  await writeFile(configFile, containerdConfig({ folder, socketPath, pauseImage: PAUSE_IMAGE, snapshotter }))
  const endpoint = `unix://${socketPath}`
  const cri = connectCri(endpoint)
  const child = await startChild({
    name: 'containerd',
    command: 'containerd',
    args: ['--config', configFile],
    folder,
    // The PATH of an ordinary user may lack the folder of runc.
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
    isReady: async () => (await cri.pods.version({})).runtimeName === 'containerd',
  })
  const stopAll = async () => {
    await removeAllPods(cri)
    cri.close()
    await child.stop()
    await removeTraces(folder, socketPath)
  }
  let stopped: Promise<void> | undefined
  const running: RunningContainerd = {
    endpoint,
    socketPath,
    pid: child.pid,
    importImage: (archiveFile, name) => importImage(cri, socketPath, archiveFile, name),
    runPod: (pod) => runPod({ cri, socketPath, logFolder: join(folder, 'pod-logs') }, { image: DEMO_IMAGE, ...pod }),
    stop: () => {
      stopped ??= stopAll()
      return stopped
    },
  }
  try {
    await running.importImage(await buildPauseImage(folder), PAUSE_IMAGE)
    await running.importImage(await buildDemoImage(folder), DEMO_IMAGE)
  } catch (error) {
    await running.stop()
    throw error
  }
  return running
}

/** Removes the leftovers of a killed run in this folder: containerd, pods, shims, mounts, state, layers. Idempotent. */
export async function cleanContainerd(folder: string): Promise<void> {
  if ((await namesIn(folder)).length === 0) return
  const absolute = resolve(folder)
  await endLeftover(join(absolute, 'containerd.pid'))
  await removeTraces(absolute, join(absolute, 'containerd.sock'))
}

async function importImage(cri: CriClient, socketPath: string, archiveFile: string, name: string): Promise<void> {
  await runChecked('ctr', ['--address', socketPath, '--namespace', NAMESPACE, 'images', 'import', archiveFile])
  // CRI is notified by an event, so it would reject a pod that is created immediately.
  for (const deadlineMs = Date.now() + IMAGE_KNOWN_TIMEOUT_MS; Date.now() < deadlineMs; await sleep(POLL_MS))
    if ((await cri.images.imageStatus({ image: { image: name } })).image) return
  throw new Error(`containerd does not list the imported image ${name} after ${IMAGE_KNOWN_TIMEOUT_MS} ms`)
}

/** Ignores a containerd that was killed: `removeTraces` ends its processes. */
async function removeAllPods(cri: CriClient): Promise<void> {
  try {
    const { items } = await cri.pods.listPodSandbox({})
    for (const pod of items ?? []) await removePod(cri, pod.id ?? '')
  } catch (error) {
    if (!(error instanceof CriError)) throw error
  }
}

/** Removes the leftovers of all runs in this folder: pods, shims, mounts, state, layers. */
async function removeTraces(folder: string, socketPath: string): Promise<void> {
  const containerIds = await namesIn(join(folder, 'state/io.containerd.runtime.v2.task', NAMESPACE))
  await endRuntimeProcesses({ ownArguments: [socketPath], containerIds })
  await removeRuntimeFiles(folder, OWN_FILES)
}
