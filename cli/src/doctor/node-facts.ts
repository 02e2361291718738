import { Resolver } from 'node:dns/promises'
import { existsSync } from 'node:fs'
import { readdir, readFile, statfs } from 'node:fs/promises'
import { release } from 'node:os'
import { join } from 'node:path'
import { systemCodeOf } from '@guardimesh/kit'
import { askRuntime, type RuntimeAnswer, runtimeSockets } from './runtime-socket.js'

/** Facts about a node; undefined when they are unknown. */
export interface NodeFacts {
  readonly kernelRelease: string
  readonly hasBtf: boolean
  readonly hasFanotify: boolean | undefined
  readonly hasOverlay: boolean
  readonly hasSeccomp: boolean
  readonly cgroup: 'v1' | 'v2' | undefined
  readonly runtimes: readonly RuntimeAnswer[]
  readonly freeDiskBytes: number | undefined
  readonly memoryTotalBytes: number
  readonly memoryAvailableBytes: number
  readonly isClockSynchronised: boolean | undefined
  readonly nameServers: readonly { readonly address: string; readonly answers: boolean }[]
}

/** Query of a name that does not exist: every answer, including "no such name", shows that the server responds. */
const NO_SUCH_NAME = 'guardimesh.invalid'
const DNS_TIMEOUT_MS = 2_000

/** Reads the facts about the node. @param hostRoot "/" on the node itself, "/host" in a pod that mounts it. */
export async function readNodeFacts(hostRoot: string): Promise<NodeFacts> {
  const text = (path: string) => readFile(join(hostRoot, path), 'utf8').catch(() => '')
  const there = (path: string) => existsSync(join(hostRoot, path))
  const memory = await text('proc/meminfo')
  const kibibytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(memory)?.[1] ?? 0) * 1024
  const kernelRelease = (await text('proc/sys/kernel/osrelease')).trim() || release()
  const sockets = await runtimeSockets(hostRoot)
  const disk = await statfs(join(hostRoot, 'var/lib')).catch(() => undefined)
  return {
    kernelRelease,
    hasBtf: there('sys/kernel/btf/vmlinux'),
    hasFanotify: await findFanotify(hostRoot, kernelRelease),
    hasOverlay: /\toverlay$/m.test(await text('proc/filesystems')),
    hasSeccomp: /^Seccomp:/m.test(await text('proc/1/status')),
    cgroup: there('sys/fs/cgroup/cgroup.controllers') ? 'v2' : there('sys/fs/cgroup/memory') ? 'v1' : undefined,
    runtimes: await Promise.all(sockets.map((socket) => askRuntime(hostRoot, socket))),
    freeDiskBytes: disk && disk.bavail * disk.bsize,
    memoryTotalBytes: kibibytes('MemTotal'),
    memoryAvailableBytes: kibibytes('MemAvailable'),
    isClockSynchronised: await findClock(hostRoot),
    nameServers: await askNameServers(await text('etc/resolv.conf')),
  }
}

/** The settings folder exists since Linux 5.13; before, only the kernel's configuration shows it. */
async function findFanotify(hostRoot: string, kernelRelease: string): Promise<boolean | undefined> {
  if (existsSync(join(hostRoot, 'proc/sys/fs/fanotify'))) return true
  const configuration = await readFile(join(hostRoot, `boot/config-${kernelRelease}`), 'utf8').catch(() => undefined)
  return configuration === undefined ? undefined : /^CONFIG_FANOTIFY=y$/m.test(configuration)
}

/** systemd-timesyncd writes a file when it is synchronized; chrony and ntpd are detected by their processes. */
async function findClock(hostRoot: string): Promise<boolean | undefined> {
  if (existsSync(join(hostRoot, 'run/systemd/timesync/synchronized'))) return true
  const names = await readdir(join(hostRoot, 'proc')).catch(() => [])
  for (const name of names.filter((entry) => /^\d+$/.test(entry))) {
    const program = await readFile(join(hostRoot, 'proc', name, 'comm'), 'utf8').catch(() => '')
    if (/^(chronyd|ntpd|ptp4l|phc2sys)\n/.test(program)) return true
  }
  return existsSync(join(hostRoot, 'run/systemd')) ? false : undefined
}

async function askNameServers(resolvConf: string): Promise<NodeFacts['nameServers']> {
  const addresses = [...resolvConf.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(([, address = '']) => address)
  return Promise.all(addresses.map(async (address) => ({ address, answers: await answersNames(address) })))
}

async function answersNames(address: string): Promise<boolean> {
  const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: 1 })
  try {
    resolver.setServers([address])
    await resolver.resolve4(NO_SUCH_NAME)
    return true
  } catch (error) {
    return !['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED', 'EBADRESP', 'ERR_INVALID_IP_ADDRESS'].includes(systemCodeOf(error) ?? '')
  }
}
