import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { GuardError, namesIn, sleep } from '@guardimesh/kit'
import { startChild } from './child-process.js'
import { containerdConfig, type Snapshotter } from './containerd-config.js'
import { type CriClient, connectCri } from './cri-client.js'
import { buildDemoImage, buildPauseImage, DEMO_IMAGE, PAUSE_IMAGE } from './demo-image.js'
import { endRuntimeProcesses, removeRuntimeFiles } from './leftovers.js'
import { type PodOptions, type RunningPod, removePod, runPod } from './pod.js'
import { endLeftover } from './process-identity.js'
import { runCommand } from './run-command.js'

const NAMESPACE = 'k8s.io'
const IMAGE_KNOWN_TIMEOUT_MS = 10_000
const POLL_MS = 20
/** All that is made in the folder but the log. */
const OWN_FILES = [
  ...['root', 'state', 'cni', 'pod-logs', 'pause.tar', 'demo.tar'],
  ...['containerd.toml', 'containerd.sock', 'containerd.sock.ttrpc'],
]
/** The kernel's bound on a Unix socket's path, less its final zero (unix(7)). */
const SOCKET_PATH_MAX_BYTES = 107

export interface ContainerdOptions {
  /**
   * For images, layers, state, socket, configuration and log. On a file system that overlayfs can lie on (ext4, xfs; not another overlay).
   * What an earlier run left in it is removed.
   */
  readonly folder: string
  /** overlayfs when left out. */
  readonly snapshotter?: Snapshotter
}

export interface RunningContainerd {
  /** "unix:///…/containerd.sock", which serves CRI. */
  readonly endpoint: string
  readonly socketPath: string
  readonly pid: number
  /** Makes an archive's images known to CRI, without a registry. @param name the image to wait for. */
  importImage(archiveFile: string, name: string): Promise<void>
  /** Runs a pod with one container; the demo image when none is named. */
  runPod(options: PodOptions): Promise<RunningPod>
  /** Removes all pods, ends containerd and its shims, unmounts and removes all but the log. May be called again. */
  stop(): Promise<void>
}

/**
 * Starts a private containerd: its own root, state and socket, no network plug-in (pods use the machine's network), no registry. The
 * pause image and the demo image are there when it returns.
 *
 * @throws GuardError RUNTIME_UNAVAILABLE with what containerd printed.
 */
export async function startContainerd(options: ContainerdOptions): Promise<RunningContainerd> {
  const folder = resolve(options.folder)
  const socketPath = join(folder, 'containerd.sock')
  if (Buffer.byteLength(`${socketPath}.ttrpc`) > SOCKET_PATH_MAX_BYTES)
    throw new GuardError('CONFIG_INVALID', `${folder} is too long for a Unix socket: choose a shorter folder`, { folder })
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
    // A user's PATH need not hold the folder of runc.
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

/** Removes what a killed run in this folder left: containerd, pods, shims, mounts, state, layers. Fine when there is nothing. */
export async function cleanContainerd(folder: string): Promise<void> {
  if ((await namesIn(folder)).length === 0) return
  const absolute = resolve(folder)
  await endLeftover(join(absolute, 'containerd.pid'))
  await removeTraces(absolute, join(absolute, 'containerd.sock'))
}

async function importImage(cri: CriClient, socketPath: string, archiveFile: string, name: string): Promise<void> {
  await runCommand('ctr', ['--address', socketPath, '--namespace', NAMESPACE, 'images', 'import', archiveFile])
  // CRI learns of it by an event, so a pod that is asked for at once could still be refused.
  for (const deadlineMs = Date.now() + IMAGE_KNOWN_TIMEOUT_MS; Date.now() < deadlineMs; await sleep(POLL_MS))
    if ((await cri.images.imageStatus({ image: { image: name } })).image) return
  throw new GuardError('RUNTIME_UNAVAILABLE', `${name} was imported but containerd does not know it`, { name })
}

/** A killed containerd cannot be asked: `removeTraces` ends what it ran. */
async function removeAllPods(cri: CriClient): Promise<void> {
  try {
    const { items } = await cri.pods.listPodSandbox({})
    for (const pod of items ?? []) await removePod(cri, pod.id ?? '')
  } catch (error) {
    if (!(error instanceof GuardError)) throw error
  }
}

/** Ends, unmounts and removes what any run in this folder left: pods, shims, mounts, state, layers. */
async function removeTraces(folder: string, socketPath: string): Promise<void> {
  const containerIds = await namesIn(join(folder, 'state/io.containerd.runtime.v2.task', NAMESPACE))
  await endRuntimeProcesses({ ownArguments: [socketPath], containerIds })
  await removeRuntimeFiles(folder, OWN_FILES)
}
