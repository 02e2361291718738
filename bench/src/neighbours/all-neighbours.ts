import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SECOND_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import type { RunningContainer, RunningPod } from '@guardimesh/testbed/pod.js'
import type { Neighbour, NeighbourSite } from './neighbour.js'
import { runStalledServer } from './stalled-server.js'

const QUIET_MS = 30 * SECOND_MS
const FILES = 1_000_000
const FILES_SECONDS = 180
const CONTAINERS = 300
const CONTAINERS_MS = 60 * SECOND_MS
const CONTAINERS_AT_ONCE = 4
const PROCESSES = 500
const CROWD_SECONDS = '30'

/** The last one ends with a restart of the node's processes. */
export const NEIGHBOURS: readonly Neighbour[] = [
  { name: 'no neighbour', run: runNothing },
  { name: `${FILES} files`, run: runFiles },
  { name: 'containers that start and end', run: runContainers },
  { name: `fork bomb of ${PROCESSES} processes`, run: runProcesses },
  { name: 'FIFOs, sockets and devices', run: runSpecialFiles },
  { name: 'FUSE server that is stopped', run: runStalledServer },
]

async function runNothing(): Promise<string> {
  await sleep(QUIET_MS)
  return 'for comparison'
}

async function runFiles({ runPod, settle }: NeighbourSite): Promise<string> {
  const pod = await runPod('files')
  const startedAt = performance.now()
  const created = await crowd(pod, 'files', '/many', String(FILES), String(FILES_SECONDS))
  const createdAt = performance.now()
  await runIn(pod, ['/bin/rm', '-rf', '/many'])
  const seconds = [createdAt - startedAt, performance.now() - createdAt].map((ms) => `${Math.round(ms / SECOND_MS)} s`)
  await settle()
  return `${created} files, every tenth with content, created in ${seconds[0]}, removed in ${seconds[1]}`
}

/** Each container copies a program, runs it and ends. */
async function runContainers({ runPod, addContainer, settle }: NeighbourSite): Promise<string> {
  const pod = await runPod('containers')
  const endMs = performance.now() + CONTAINERS_MS
  let started = 0
  const work = async () => {
    while (started < CONTAINERS && performance.now() < endMs) {
      started += 1
      const script = `crowd copy /tmp/program ${started} && /tmp/program end`
      const { containerId } = await pod.startContainer({ containerName: `container-${started}`, command: ['/bin/sh', '-c', script] })
      addContainer(containerId)
    }
  }
  await Promise.all(Array.from({ length: CONTAINERS_AT_ONCE }, work))
  await settle()
  return `${started} containers, ${CONTAINERS_AT_ONCE} at a time`
}

async function runProcesses({ runPod, settle }: NeighbourSite): Promise<string> {
  const pod = await runPod('processes')
  await limitProcesses(pod.pid, PROCESSES)
  const forked = await crowd(pod, 'processes', CROWD_SECONDS)
  await settle()
  return `${forked} processes at a time, which execute copied programs for ${CROWD_SECONDS} s`
}

async function runSpecialFiles({ runPod, settle }: NeighbourSite): Promise<string> {
  const pod = await runPod('special')
  const [created, opened] = (await crowd(pod, 'special', '/special', CROWD_SECONDS)).split(' ')
  await settle()
  return `${created} created, ${opened} times opened in ${CROWD_SECONDS} s`
}

/** As a kubelet does, which sets the limit for the pod. */
async function limitProcesses(pid: number, limit: number): Promise<void> {
  const groups = (await readFile(`/proc/${pid}/cgroup`, 'utf8')).split('\n').map((line) => line.split(':'))
  const ofVersion1 = groups.find(([, controllers]) => controllers?.split(',').includes('pids'))
  const unified = groups.find(([id]) => id === '0')
  const folder = ofVersion1 ? join('/sys/fs/cgroup/pids', ofVersion1[2] ?? '') : join('/sys/fs/cgroup', unified?.[2] ?? '')
  await writeFile(join(folder, 'pids.max'), String(limit))
}

/** Runs an action of the program `crowd` (helper/crowd.c). @returns what it printed. */
const crowd = (pod: RunningPod, ...args: string[]) => runIn(pod, ['/bin/crowd', ...args])

/** @throws Error with its output if the command fails. */
async function runIn(container: RunningContainer, argv: readonly string[]): Promise<string> {
  // With an input there is no time limit.
  const { exitCode, stdout, stderr } = await container.exec(argv, '')
  if (exitCode !== 0) throw new Error(`${argv.slice(0, 3).join(' ')} failed with exit code ${exitCode}: ${stderr.trim()}`)
  return stdout
}
