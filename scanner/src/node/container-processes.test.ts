import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findContainerProcesses } from './container-processes.js'

const procFolder = mkdtempSync(join(tmpdir(), 'guardimesh-proc-'))
afterAll(() => rmSync(procFolder, { recursive: true }))

const [APP, DEBUG] = ['a'.repeat(64), 'd'.repeat(64)]

function addProcess(
  pid: number,
  { cgroup, namespaces, parent }: { cgroup: string; namespaces: [pid: number, mnt: number]; parent: number },
) {
  const folder = join(procFolder, String(pid))
  mkdirSync(join(folder, 'ns'), { recursive: true })
  symlinkSync(`pid:[${namespaces[0]}]`, join(folder, 'ns/pid'))
  symlinkSync(`mnt:[${namespaces[1]}]`, join(folder, 'ns/mnt'))
  writeFileSync(join(folder, 'cgroup'), `4:memory:${cgroup}\n1:name=systemd:${cgroup}\n`)
  writeFileSync(join(folder, 'stat'), `${pid} (program) S ${parent} 0 0`)
}

addProcess(1, { cgroup: '/', namespaces: [1, 1], parent: 0 })
addProcess(10, { cgroup: `/kubepods/pod1/${APP}`, namespaces: [100, 100], parent: 1 })
addProcess(11, { cgroup: `/kubepods/pod1/${APP}`, namespaces: [100, 100], parent: 10 })
// An ephemeral container in the PID namespace of the first one, with a child.
addProcess(20, { cgroup: `/kubepods/pod1/${DEBUG}`, namespaces: [100, 200], parent: 1 })
addProcess(21, { cgroup: `/kubepods/pod1/${DEBUG}`, namespaces: [100, 200], parent: 20 })
// Moved to other cgroups by its container.
addProcess(12, { cgroup: '/', namespaces: [100, 100], parent: 10 })
addProcess(13, { cgroup: `/other/${'f'.repeat(64)}`, namespaces: [100, 100], parent: 10 })
// In nested namespaces, like a container in a container.
addProcess(14, { cgroup: `/other/${'e'.repeat(64)}`, namespaces: [101, 101], parent: 11 })

const app = { containerId: APP, pid: 10 }
const debug = { containerId: DEBUG, pid: 20 }

test.each([
  { name: 'both containers', containers: [app, debug], expected: { [APP]: [10, 11, 12, 13, 14], [DEBUG]: [20, 21] } },
  { name: 'the first container only', containers: [app], expected: { [APP]: [10, 11, 12, 13, 14] } },
  { name: 'the ephemeral container only', containers: [debug], expected: { [DEBUG]: [12, 20, 21] } },
])('finds the processes of $name', ({ containers, expected }) => {
  expect(Object.fromEntries(findContainerProcesses(procFolder, containers))).toEqual(expected)
})
