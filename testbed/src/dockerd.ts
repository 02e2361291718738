import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { namesIn, RequestError } from '@guardimesh/kit'
import { startChild } from './child-process.js'
import { buildDemoImage, DEMO_IMAGE } from './demo-image.js'
import { callDocker, execInDocker, loadImages, readDockerObject } from './docker-api.js'
import type { ExecResult } from './exec-result.js'
import { endRuntimeProcesses, removeRuntimeFiles } from './leftovers.js'
import { endLeftover } from './process-identity.js'
import { requireSocketPath } from './socket-path.js'

/** Files that it creates in the folder, except the log. */
const OWN_FILES = ['data', 'exec', 'daemon.json', 'docker.pid', 'docker.sock', 'demo.tar'] as const
/** Socket of dockerd's own containerd, relative to the folder. */
const CONTAINERD_SOCKET = 'exec/containerd/containerd.sock'

export interface DockerdOptions {
  /** Holds images, layers, state, socket and log, on a file system that supports overlayfs. Leftovers of an earlier run are removed. */
  readonly folder: string
}

export interface DockerRunOptions {
  readonly name: string
  /** Default: that of the image. */
  readonly command?: readonly string[]
  /** Reference of a loaded image. Default: the demo image. */
  readonly image?: string
  readonly labels?: Readonly<Record<string, string>>
}

export interface DockerContainer {
  readonly containerId: string
  /** Process id of the container's first process on this machine. */
  readonly pid: number
  exec(argv: readonly string[]): Promise<ExecResult>
  /** Kills and removes the container. */
  remove(): Promise<void>
}

export interface RunningDockerd {
  readonly socketPath: string
  readonly pid: number
  loadImage(archiveFile: string): Promise<void>
  /** Runs a container without a network. */
  run(options: DockerRunOptions): Promise<DockerContainer>
  /**
   * Removes all containers, stops Docker with its containerd and shims, unmounts, and removes all files except the log. May be called again.
   */
  stop(): Promise<void>
}

/**
 * Starts a private Docker daemon with overlay2 in its own network namespace, without bridge, firewall rules and registry. The demo image is
 * loaded when it returns.
 *
 * @throws ChildStartError with the output of dockerd.
 */
export async function startDockerd(options: DockerdOptions): Promise<RunningDockerd> {
  const folder = resolve(options.folder)
  const socketPath = join(folder, 'docker.sock')
  requireSocketPath(join(folder, `${CONTAINERD_SOCKET}.ttrpc`))
  await mkdir(folder, { recursive: true })
  await endLeftover(join(folder, 'dockerd.pid'))
  await removeTraces(folder)
  const configFile = join(folder, 'daemon.json')
  await writeFile(configFile, dockerdConfig(folder, socketPath))
  const child = await startChild({
    name: 'dockerd',
    // unshare executes dockerd in the same process, so the network namespace ends with it.
    command: 'unshare',
    args: ['--net', '--', 'dockerd', '--config-file', configFile],
    folder,
    // The PATH of an ordinary user may lack the folder of dockerd and runc.
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

/** Builds the configuration of the daemon; in a separate file, so that the daemon does not read /etc/docker/daemon.json. Pure. */
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
  const { Id } = await readDockerObject(socketPath, 'POST', `/containers/create?name=${encodeURIComponent(options.name)}`, {
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
  const { State: state } = (await readDockerObject(socketPath, 'GET', `/containers/${containerId}/json`)) as { State?: { Pid?: number } }
  if (!state?.Pid) throw new Error(`container ${containerId} ended immediately`)
  return state.Pid
}

async function removeContainer(socketPath: string, containerId: string): Promise<void> {
  await callDocker(socketPath, 'DELETE', `/containers/${containerId}?force=1&v=1`)
}

/** Ignores a daemon that was killed: `removeTraces` ends its processes. */
async function removeAllContainers(socketPath: string): Promise<void> {
  try {
    const listed = JSON.parse((await callDocker(socketPath, 'GET', '/containers/json?all=1')).toString('utf8')) as { Id: string }[]
    for (const { Id: containerId } of listed) await removeContainer(socketPath, containerId)
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
  }
}

/** Removes the leftovers of all runs in this folder. */
async function removeTraces(folder: string): Promise<void> {
  const containerIds = await namesIn(join(folder, 'exec/containerd/daemon/io.containerd.runtime.v2.task/moby'))
  const configFile = join(folder, 'exec/containerd/containerd.toml')
  await endRuntimeProcesses({ ownArguments: [configFile, join(folder, CONTAINERD_SOCKET)], containerIds })
  await removeRuntimeFiles(folder, OWN_FILES)
}
