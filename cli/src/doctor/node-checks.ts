import { formatBytes } from '../terminal/format.js'
import { type CheckResult, fail, isAtLeast, KERNEL_NEEDED, KERNEL_REASON, ok, warn } from './check.js'
import type { NodeFacts } from './node-facts.js'

/** Memory of clamd while old and new signatures are loaded: twice the size of one set, about 1.2 GiB (full) and 0.5 GiB (linux). */
export const PROFILES = { full: 2.5 * 1024 ** 3, linux: 1024 ** 3 } as const
export type Profile = keyof typeof PROFILES

const DISK_NEEDED_BYTES = 5 * 1024 ** 3
const DISK_RECOMMENDED_BYTES = 15 * 1024 ** 3

/** Checks a node. Pure. */
export function judgeNode(facts: NodeFacts, profile: Profile): CheckResult[] {
  return [
    kernel(facts),
    fanotify(facts),
    ...features(facts),
    runtime(facts),
    disk(facts),
    memory(facts, profile),
    clock(facts),
    names(facts),
  ]
}

function kernel({ kernelRelease }: NodeFacts): CheckResult {
  if (isAtLeast(kernelRelease, KERNEL_NEEDED)) return ok('kernel', `Linux ${kernelRelease}`)
  return fail(
    'kernel',
    `This is Linux ${kernelRelease}. ${KERNEL_REASON}`,
    'Update the kernel of this node: it cannot be scanned with this version.',
  )
}

function fanotify({ hasFanotify }: NodeFacts): CheckResult {
  if (hasFanotify) return ok('fanotify', 'The kernel reports written files.')
  if (hasFanotify === undefined)
    return warn('fanotify', 'The kernel does not report whether it supports fanotify.', 'Check its configuration for CONFIG_FANOTIFY=y.')
  return fail('fanotify', 'The kernel was built without fanotify.', 'Use a kernel with CONFIG_FANOTIFY=y, as in all distributions.')
}

function features({ hasBtf, hasOverlay, hasSeccomp, cgroup }: NodeFacts): CheckResult[] {
  return [
    hasOverlay
      ? ok('overlayfs', 'Containers can use overlayfs.')
      : warn(
          'overlayfs',
          'The kernel has not loaded overlayfs.',
          'modprobe overlay; files of containers with other snapshotters are scanned by schedule only.',
        ),
    hasBtf
      ? ok('BTF', 'The kernel provides its type information.')
      : warn(
          'BTF',
          'The kernel has no /sys/kernel/btf/vmlinux.',
          'No action is needed now; later features based on eBPF need a kernel with CONFIG_DEBUG_INFO_BTF=y.',
        ),
    hasSeccomp
      ? ok('seccomp', 'The kernel can filter system calls of containers.')
      : fail(
          'seccomp',
          'The kernel has no seccomp, so pods with the profile RuntimeDefault do not start.',
          'Use a kernel with CONFIG_SECCOMP_FILTER=y.',
        ),
    cgroup
      ? ok('cgroups', `cgroup ${cgroup}`)
      : fail('cgroups', 'No cgroup file system is mounted.', 'Mount /sys/fs/cgroup; the kubelet needs it too.'),
  ]
}

function runtime({ runtimes }: NodeFacts): CheckResult {
  const [best] = runtimes.filter(({ version }) => version !== undefined)
  if (best) return ok('runtime', `${best.version} at ${best.path} (${best.reason})`)
  const [silent] = runtimes
  if (silent) return fail('runtime', `${silent.path} does not answer: ${silent.error}`, 'Start the container runtime, or run this as root.')
  return fail(
    'runtime',
    'No kubelet configures a container runtime, and none of the well-known sockets exists.',
    'Start the kubelet, or set runtimeSocket of the GuardimeshScanner.',
  )
}

function disk({ freeDiskBytes }: NodeFacts): CheckResult {
  if (freeDiskBytes === undefined) return warn('disk', '/var/lib cannot be read.', 'Run this as root.')
  const message = `${formatBytes(freeDiskBytes)} free in /var/lib`
  if (freeDiskBytes >= DISK_RECOMMENDED_BYTES) return ok('disk', message)
  const advice = `Images, signatures and queued results need ${formatBytes(DISK_RECOMMENDED_BYTES)}: remove unused images, or give the node a larger disk.`
  return freeDiskBytes >= DISK_NEEDED_BYTES ? warn('disk', message, advice) : fail('disk', message, advice)
}

function memory({ memoryTotalBytes, memoryAvailableBytes }: NodeFacts, profile: Profile): CheckResult {
  const neededBytes = PROFILES[profile]
  const message = `${formatBytes(memoryAvailableBytes)} of ${formatBytes(memoryTotalBytes)} available, ${formatBytes(neededBytes)} recommended for signatures of profile ${profile}`
  if (memoryAvailableBytes >= neededBytes) return ok('memory', message)
  const advice =
    profile === 'full' ? 'Free memory on this node, or use the smaller signature profile (--profile linux).' : 'Free memory on this node.'
  return memoryTotalBytes >= neededBytes ? warn('memory', message, advice) : fail('memory', message, advice)
}

function clock({ isClockSynchronised }: NodeFacts): CheckResult {
  if (isClockSynchronised) return ok('clock', 'A time service is running.')
  const message = isClockSynchronised === undefined ? 'Clock synchronization is unknown.' : 'No time service synchronizes the clock.'
  return warn(
    'clock',
    message,
    "Run chrony or systemd-timesyncd against the site's time server: certificates and the order of events depend on it.",
  )
}

function names({ nameServers }: NodeFacts): CheckResult {
  const silent = nameServers.filter(({ answers }) => !answers)
  if (nameServers.length === 0)
    return warn(
      'DNS',
      '/etc/resolv.conf lists no name server.',
      'Required only if the node pulls from a registry, whose name it must resolve.',
    )
  if (silent.length === 0) return ok('DNS', `${nameServers.map(({ address }) => address).join(', ')} answers`)
  const message = `${silent.map(({ address }) => address).join(', ')} does not answer`
  return warn('DNS', message, 'Correct /etc/resolv.conf of the node: unreachable servers delay each lookup.')
}
