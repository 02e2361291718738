import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { connectRuntime } from '@guardimesh/scanner/processes/inspector/connect-runtime.js'
import { discoverRuntime } from '@guardimesh/scanner/processes/inspector/discover-runtime.js'
import { readDiscoveryFacts } from '@guardimesh/scanner/processes/inspector/discovery-facts.js'
import { afterEach, beforeEach, expect, test } from 'vitest'

let host: string
const servers: Server[] = []
beforeEach(() => {
  host = mkdtempSync(join(tmpdir(), 'gm-host-'))
  process1('/sbin/init')
})
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  rmSync(host, { recursive: true, force: true })
})

function write(path: string, content: string): void {
  mkdirSync(dirname(join(host, path)), { recursive: true })
  writeFileSync(join(host, path), content)
}

function addProcess(pid: number, args: string[], namespace = 'pid:[1]'): void {
  write(`proc/${pid}/cmdline`, `${args.join('\0')}\0`)
  mkdirSync(join(host, `proc/${pid}/ns`), { recursive: true })
  symlinkSync(namespace, join(host, `proc/${pid}/ns/pid`))
}
const process1 = (program: string) => addProcess(1, [program])

async function listen(path: string): Promise<void> {
  mkdirSync(dirname(join(host, path)), { recursive: true })
  const server = createServer((socket) => socket.destroy())
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(join(host, path), resolve))
}

const firstOf = () => discoverRuntime(readDiscoveryFacts(host, undefined)).candidates[0]

test("reads the kubelet's configuration file below the node's root, also through an absolute link", () => {
  addProcess(700, ['/usr/bin/kubelet', '--config=/var/lib/kubelet/config.yaml'])
  write('etc/kubelet.yaml', 'containerRuntimeEndpoint: unix:///run/from-file.sock\n')
  mkdirSync(join(host, 'var/lib/kubelet'), { recursive: true })
  symlinkSync('/etc/kubelet.yaml', join(host, 'var/lib/kubelet/config.yaml'))
  expect(firstOf()).toMatchObject({ socketPath: '/run/from-file.sock' })
})

test('applies drop-in files in the order of their names, and ignores other files', () => {
  addProcess(700, ['/usr/bin/kubelet', '--config', '/k.yaml', '--config-dir', '/k.d'])
  write('k.yaml', 'containerRuntimeEndpoint: /base.sock')
  write('k.d/20.conf', 'containerRuntimeEndpoint: /twenty.sock')
  write('k.d/10.conf', 'containerRuntimeEndpoint: /ten.sock')
  write('k.d/99.bak', 'containerRuntimeEndpoint: /backup.sock')
  expect(firstOf()).toMatchObject({ socketPath: '/twenty.sock' })
})

test('ignores a program named kubelet in a pod', () => {
  addProcess(600, ['/usr/bin/kubelet', '--container-runtime-endpoint=/run/of-the-pod.sock'])
  write('proc/600/cgroup', '0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-1.scope\n')
  addProcess(700, ['/usr/bin/kubelet', '--container-runtime-endpoint=/run/of-the-node.sock'])
  write('proc/700/cgroup', '0::/system.slice/kubelet.service\n')
  expect(firstOf()).toMatchObject({ socketPath: '/run/of-the-node.sock' })
})

test('ignores the kubelet of a nested node', async () => {
  addProcess(700, ['/usr/bin/kubelet', '--container-runtime-endpoint=/inner.sock'], 'pid:[2]')
  await listen('run/containerd/containerd.sock')
  expect(firstOf()).toMatchObject({ socketPath: '/run/containerd/containerd.sock' })
})

test('ignores a missing kubelet configuration', () => {
  addProcess(700, ['/usr/bin/kubelet', '--config=/gone.yaml', '--config-dir=/gone.d'])
  expect(readDiscoveryFacts(host, undefined)).toMatchObject({ kubelets: [{ configTexts: [] }], sockets: [] })
})

test('lists all attempts when no runtime is found', async () => {
  await expect(connectRuntime(host, undefined)).rejects.toMatchObject({
    code: 'RUNTIME_NOT_FOUND',
    message: expect.stringMatching(/no kubelet runs.*\/run\/k3s\/containerd\/containerd\.sock.*\/run\/docker\.sock/),
  })
})

test('reports the sockets of runtimes that do not respond', async () => {
  await listen('run/docker.sock')
  await listen('run/containerd/containerd.sock')
  await expect(connectRuntime(host, undefined)).rejects.toMatchObject({
    code: 'RUNTIME_UNAVAILABLE',
    message: expect.stringMatching(/\/run\/containerd\/containerd\.sock \(.+\); \/run\/docker\.sock \(.+\)/),
  })
})
