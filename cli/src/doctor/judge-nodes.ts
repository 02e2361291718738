import type { V1Node } from '@kubernetes/client-node'
import { formatBytes } from '../terminal/format.js'
import { type CheckResult, fail, isAtLeast, KERNEL_NEEDED, KERNEL_REASON, ok, warn } from './check.js'

const ARCHITECTURES = ['amd64', 'arm64']
const NODE_MEMORY_WANTED_BYTES = 4 * 1024 ** 3

/** Checks the Node objects of a cluster. Pure. */
export function judgeNodes(all: readonly V1Node[]): CheckResult[] {
  if (all.length === 0) return [fail('nodes', 'The cluster has no nodes.', 'Join nodes to the cluster.')]
  const architectures = [...new Set(all.map(({ status }) => status?.nodeInfo?.architecture ?? ''))].sort()
  const summary = ok('nodes', `${all.length} ${all.length === 1 ? 'node' : 'nodes'}, ${architectures.join(' and ')}, ${runtimesOf(all)}`)
  const mixed = warn(
    'nodes',
    `The nodes are ${architectures.join(' and ')}. A bundle is for one architecture, and its chart lists only its images.`,
    'Mixed clusters are not supported yet: set nodeSelector "kubernetes.io/arch" for the operator and each component in the values. Nodes of the other architecture are not scanned.',
  )
  return [...(architectures.length > 1 ? [mixed] : [summary]), ...all.flatMap(judgeNode)]
}

function runtimesOf(all: readonly V1Node[]): string {
  return [...new Set(all.map(({ status }) => status?.nodeInfo?.containerRuntimeVersion ?? ''))].sort().join(', ')
}

/** Lists the problems of a node. Pure. */
function judgeNode({ metadata, status }: V1Node): CheckResult[] {
  const name = `node ${metadata?.name}`
  const { kernelVersion = '', architecture = '', operatingSystem = '' } = status?.nodeInfo ?? {}
  if (operatingSystem !== 'linux') return [warn(name, `It runs ${operatingSystem}.`, 'It is not scanned: scanners support Linux only.')]
  const memoryBytes = quantityBytes(String(status?.allocatable?.memory ?? ''))
  const isReady = status?.conditions?.some(({ type, status: state }) => type === 'Ready' && state === 'True')
  return [
    ...(isReady ? [] : [fail(name, 'It is not ready.', `kubectl describe node ${metadata?.name}`)]),
    ...(ARCHITECTURES.includes(architecture)
      ? []
      : [fail(name, `Its architecture is ${architecture}.`, 'Images exist for amd64 and arm64 only.')]),
    ...(isAtLeast(kernelVersion, KERNEL_NEEDED)
      ? []
      : [
          fail(
            name,
            `Its kernel is ${kernelVersion}. ${KERNEL_REASON}`,
            'Update the kernel, or exclude this node with nodeSelector: the scanner cannot run on it.',
          ),
        ]),
    ...(memoryBytes >= NODE_MEMORY_WANTED_BYTES
      ? []
      : [
          warn(
            name,
            `It has ${formatBytes(memoryBytes)} for pods.`,
            'Load a smaller signature profile on this node: full needs 2.5 GiB during a change.',
          ),
        ]),
  ]
}

const UNITS: Readonly<Record<string, number>> = { '': 1, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, k: 1e3, M: 1e6, G: 1e9 }

function quantityBytes(quantity: string): number {
  const [, digits = '0', unit = ''] = /^([0-9.]+)([A-Za-z]*)$/.exec(quantity) ?? []
  return Number(digits) * (UNITS[unit] ?? 0)
}
