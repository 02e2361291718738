import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { GuardError, namesIn } from '@guardimesh/kit'
import { startChild } from './child-process.js'
import { buildDemoImage, DEMO_IMAGE } from './demo-image.js'
import { askDocker, callDocker, execInDocker, loadImages } from './docker-api.js'
import type { ExecResult } from './exec-result.js'
import { endRuntimeProcesses, removeRuntimeFiles } from './leftovers.js'
import { endLeftover } from './process-identity.js'

/** All that is made in the folder but the log. */
const OWN_FILES = ['data', 'exec', 'daemon.json', 'docker.pid', 'docker.sock', 'demo.tar'] as const
/** The kernel's bound on a Unix socket's path, less its final zero (unix(7)). */
const SOCKET_PATH_MAX_BYTES = 107
/** Relative to the folder: what dockerd's own containerd keeps there. */
const CONTAINERD_SOCKET = 'exec/containerd/containerd.sock'

export interface DockerdOptions {
  /** For images, layers, state, socket and log. On a file system that overlayfs can lie on. What an earlier run left in it is removed. */
  readonly folder: string
}

export interface DockerRunOptions {
  readonly name: string
  /** The image's own when left out. */
  readonly command?: readonly string[]
  /** Reference of a loaded image; the demo image when left out. */
  readonly image?: string
  readonly labels?: Readonly<Record<string, string>>
}

export interface DockerContainer {
  readonly containerId: string
  /** Of the container's first process, on this machine. */
  readonly pid: number
  exec(argv: readonly string[]): Promise<ExecResult>
  /** Kills and removes it. */
  remove(): Promise<void>
}

export interface RunningDockerd {
  readonly socketPath: string
  readonly pid: number
  loadImage(archiveFile: string): Promise<void>
  /** Runs a container without a network. */
  run(options: DockerRunOptions): Promise<DockerContainer>
  /** Removes all containers, ends Docker with its containerd and shims, unmounts and removes all but the log. May be called again. */
  stop(): Promise<void>
}

/**
 * Starts a private Docker daemon with overlay2 in a network namespace of its own, without bridge, firewall rules or registry. The demo
 * image is loaded when it returns.
 *
 * @throws GuardError RUNTIME_UNAVAILABLE with what dockerd printed.
 */
export async function startDockerd(options: DockerdOptions): Promise<RunningDockerd> {
  const folder = resolve(options.folder)
  const socketPath = join(folder, 'docker.sock')
  if (Buffer.byteLength(join(folder, `${CONTAINERD_SOCKET}.ttrpc`)) > SOCKET_PATH_MAX_BYTES)
    throw new GuardError('CONFIG_INVALID', `${folder} is too long for a Unix socket: choose a shorter folder`, { folder })
  await mkdir(folder, { recursive: true })
  await endLeftover(join(folder, 'dockerd.pid'))
  await removeTraces(folder)
  const configFile = join(folder, 'daemon.json')
  await writeFile(configFile, dockerdConfig(folder, socketPath))
  const child = await startChild({
    name: 'dockerd',
    // unshare becomes dockerd: the process is the same, and the network namespace ends with it.
    command: 'unshare',
    args: ['--net', '--', 'dockerd', '--config-file', configFile],
    folder,
    // A user's PATH need not hold the folder of dockerd and runc.
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
    isReady: async () => (await callDocker(socketPath, 'GET', '/_ping')).toString() === 'OK',
  })
  const running: RunningDockerd = {
    socketPath,
    pid: child.pid,
    loadImage: (archiveFile) => loadImages(socketPath, archiveFile),
    run: (container) => runContainer(socketPath, container),
    stop: async () => {
      await removeAllContainers(socketPath)
      await child.stop()
      await removeTraces(folder)
    },
  }
  try {
    await running.loadImage(await buildDemoImage(folder))
  } catch (error) {
    await running.stop()
    throw error
  }
  return running
}

/** The daemon's settings in a file of their own, so that the machine's /etc/docker/daemon.json is not read. Pure. */
function dockerdConfig(folder: string, socketPath: string): string {
  return JSON.stringify({
    hosts: [`unix://${socketPath}`],
    'data-root': join(folder, 'data'),
    'exec-root': join(folder, 'exec'),
    pidfile: join(folder, 'docker.pid'),
    'storage-driver': 'overlay2',
    bridge: 'none',
    'exec-opts': ['native.cgroupdriver=cgroupfs'],
    iptables: false,
    ip6tables: false,
  })
}

async function runContainer(socketPath: string, options: DockerRunOptions): Promise<DockerContainer> {
  const { Id } = await askDocker(socketPath, 'POST', `/containers/create?name=${encodeURIComponent(options.name)}`, {
    Image: options.image ?? DEMO_IMAGE,
    Labels: options.labels ?? {},
    HostConfig: { NetworkMode: 'none' },
    ...(options.command ? { Cmd: options.command } : {}),
  })
  const containerId = String(Id)
  try {
    await callDocker(socketPath, 'POST', `/containers/${containerId}/start`)
    return {
      containerId,
      pid: await pidOf(socketPath, containerId),
      exec: (argv) => execInDocker(socketPath, containerId, argv),
      remove: () => removeContainer(socketPath, containerId),
    }
  } catch (error) {
    await removeContainer(socketPath, containerId)
    throw error
  }
}

async function pidOf(socketPath: string, containerId: string): Promise<number> {
  const { State: state } = (await askDocker(socketPath, 'GET', `/containers/${containerId}/json`)) as { State?: { Pid?: number } }
  if (!state?.Pid) throw new GuardError('RUNTIME_UNAVAILABLE', `container ${containerId} ended at its start`, { containerId })
  return state.Pid
}

async function removeContainer(socketPath: string, containerId: string): Promise<void> {
  await callDocker(socketPath, 'DELETE', `/containers/${containerId}?force=1&v=1`)
}

/** A killed daemon cannot be asked: `removeTraces` ends what it ran. */
async function removeAllContainers(socketPath: string): Promise<void> {
  try {
    const listed = JSON.parse((await callDocker(socketPath, 'GET', '/containers/json?all=1')).toString('utf8')) as { Id: string }[]
    for (const { Id: containerId } of listed) await removeContainer(socketPath, containerId)
  } catch (error) {
    if (!(error instanceof GuardError)) throw error
  }
}

/** Ends, unmounts and removes what any run in this folder left. */
async function removeTraces(folder: string): Promise<void> {
  const containerIds = await namesIn(join(folder, 'exec/containerd/daemon/io.containerd.runtime.v2.task/moby'))
  const configFile = join(folder, 'exec/containerd/containerd.toml')
  await endRuntimeProcesses({ ownArguments: [configFile, join(folder, CONTAINERD_SOCKET)], containerIds })
  await removeRuntimeFiles(folder, OWN_FILES)
}
