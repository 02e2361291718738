import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from '@guardimesh/kit'
import { runtime } from '#messages'
import type { CriClient } from './cri-client.js'
import type { ExecResult } from './exec-result.js'

const { NamespaceMode } = runtime.v1
/** Longer commands are an error of the test. */
const EXEC_TIMEOUT_SECONDS = 50

export interface PodMount {
  /** Folder or file of this machine. */
  readonly hostPath: string
  readonly containerPath: string
  readonly isReadOnly?: boolean
}

export interface ContainerOptions {
  /** Default: the name of the pod. */
  readonly containerName?: string
  /** Default: that of the image. */
  readonly command?: readonly string[]
  readonly mounts?: readonly PodMount[]
  /** Reference of an imported image. */
  readonly image?: string
}

export interface PodOptions extends ContainerOptions {
  readonly name: string
  readonly namespace: string
  /** Whether its containers have all rights and devices. Default: false. */
  readonly isPrivileged?: boolean
}

export interface RunningContainer {
  readonly containerId: string
  /** Runs a command in the container to its end. @param stdin its standard input. Default: empty. */
  exec(argv: readonly string[], stdin?: string | Buffer): Promise<ExecResult>
}

export interface RunningPod extends RunningContainer {
  readonly podId: string
  /** Process id of the container's first process on this machine. */
  readonly pid: number
  /** Starts a further container in the pod, which may end immediately. Default image: that of the pod. */
  startContainer(options: ContainerOptions & { readonly containerName: string }): Promise<RunningContainer>
  /** Kills and removes the pod. */
  remove(): Promise<void>
}

/** The runtime of a pod. */
export interface PodHost {
  readonly cri: CriClient
  readonly socketPath: string
  readonly logFolder: string
}

/**
 * Runs a pod of one container with the labels that a kubelet sets, on the machine's network.
 *
 * @throws CriError with the message of the runtime, after removing the pod.
 */
export async function runPod(host: PodHost, options: PodOptions & { readonly image: string }): Promise<RunningPod> {
  const { cri } = host
  await mkdir(host.logFolder, { recursive: true })
  const config = podConfigOf(options, randomUUID(), host.logFolder)
  const podId = (await cri.pods.runPodSandbox({ config })).podSandboxId ?? ''
  const startContainer = async (more: ContainerOptions): Promise<RunningContainer> => {
    const container = containerConfigOf({ ...options, ...more }, config.labels)
    const { containerId = '' } = await cri.pods.createContainer({ podSandboxId: podId, config: container, sandboxConfig: config })
    await cri.pods.startContainer({ containerId })
    const exec: RunningContainer['exec'] = (argv, stdin) =>
      stdin === undefined ? execSync(cri, containerId, argv) : execWithInput(host.socketPath, containerId, argv, stdin)
    return { containerId, exec }
  }
  try {
    const first = await startContainer({})
    return { ...first, podId, pid: await pidOf(cri, first.containerId), startContainer, remove: () => removePod(cri, podId) }
  } catch (error) {
    await removePod(cri, podId)
    throw error
  }
}

/** Kills a pod's containers and removes it with them. */
export async function removePod(cri: CriClient, podSandboxId: string): Promise<void> {
  await cri.pods.stopPodSandbox({ podSandboxId })
  await cri.pods.removePodSandbox({ podSandboxId })
}

function podConfigOf(options: PodOptions, uid: string, logFolder: string) {
  const { name, namespace } = options
  return {
    metadata: { name, namespace, uid, attempt: 0 },
    logDirectory: join(logFolder, uid),
    // Node agents identify pods by these labels (pkg/kubelet/types/labels.go of Kubernetes).
    labels: { 'io.kubernetes.pod.name': name, 'io.kubernetes.pod.namespace': namespace, 'io.kubernetes.pod.uid': uid },
    linux: { securityContext: securityContextOf(options) },
  }
}

const NAMESPACES = { network: NamespaceMode.NODE, pid: NamespaceMode.CONTAINER, ipc: NamespaceMode.POD }

function securityContextOf({ isPrivileged = false }: PodOptions) {
  return { namespaceOptions: NAMESPACES, privileged: isPrivileged }
}

function containerConfigOf(options: PodOptions & { readonly image: string }, podLabels: Readonly<Record<string, string>>) {
  const containerName = options.containerName ?? options.name
  return {
    metadata: { name: containerName, attempt: 0 },
    image: { image: options.image },
    command: [...(options.command ?? [])],
    mounts: (options.mounts ?? []).map(({ containerPath, hostPath, isReadOnly = false }) => ({
      containerPath,
      hostPath,
      readonly: isReadOnly,
    })),
    labels: { ...podLabels, 'io.kubernetes.container.name': containerName },
    logPath: `${containerName}.log`,
    linux: { securityContext: securityContextOf(options) },
  }
}

async function pidOf(cri: CriClient, containerId: string): Promise<number> {
  const { info } = await cri.pods.containerStatus({ containerId, verbose: true })
  const { pid } = JSON.parse(info?.info ?? '{}') as { pid?: number }
  if (!pid) throw new Error(`container ${containerId} ended immediately`)
  return pid
}

async function execSync(cri: CriClient, containerId: string, argv: readonly string[]): Promise<ExecResult> {
  const { exitCode, stdout, stderr } = await cri.pods.execSync({ containerId, cmd: [...argv], timeout: EXEC_TIMEOUT_SECONDS })
  return { exitCode: exitCode ?? 0, stdout: textOf(stdout), stderr: textOf(stderr) }
}

/** Uses `ctr`, because ExecSync of CRI has no standard input. */
async function execWithInput(
  socketPath: string,
  containerId: string,
  argv: readonly string[],
  input: string | Buffer,
): Promise<ExecResult> {
  const exec = ['--address', socketPath, '--namespace', 'k8s.io', 'tasks', 'exec', '--exec-id', randomUUID(), containerId, ...argv]
  const { exitCode, stdout, stderr } = await runProgram('ctr', exec, { input })
  return { exitCode: exitCode ?? -1, stdout, stderr }
}

function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8')
}
