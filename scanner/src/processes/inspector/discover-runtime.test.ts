import { expect, test } from 'vitest'
import { discoverRuntime } from './discover-runtime.js'

const kubelet = (args: string[], ...configTexts: string[]) => ({ args: ['/usr/bin/kubelet', ...args], configTexts })
const CONTAINERD = '/run/containerd/containerd.sock'
const DOCKER = '/run/docker.sock'
const K3S = '/run/k3s/containerd/containerd.sock'
const all = [DOCKER, CONTAINERD, K3S]

test.each([
  {
    name: 'prefers the setting',
    facts: { override: 'unix:///x.sock', kubelets: [kubelet(['--container-runtime-endpoint=/y.sock'])], sockets: all },
    first: { api: 'cri', socketPath: '/x.sock', reason: 'the setting RUNTIME_ENDPOINT names it' },
  },
  {
    name: 'accepts Docker in the setting',
    facts: { override: '/var/run/docker.sock', kubelets: [], sockets: [] },
    first: { api: 'docker', socketPath: '/var/run/docker.sock' },
  },
  {
    name: "reads the kubelet's command line with an equals sign",
    facts: { kubelets: [kubelet(['--v=2', '--container-runtime-endpoint=unix:///run/crio/crio.sock'])], sockets: all },
    first: { api: 'cri', socketPath: '/run/crio/crio.sock', reason: "the kubelet's command line names it" },
  },
  {
    name: "reads the kubelet's command line with separate arguments and the old form of address",
    facts: { kubelets: [kubelet(['--container-runtime-endpoint', 'unix:/run/a.sock', '--v=2'])], sockets: all },
    first: { socketPath: '/run/a.sock' },
  },
  {
    name: 'prefers the command line to the configuration',
    facts: { kubelets: [kubelet(['--container-runtime-endpoint=/a.sock'], 'containerRuntimeEndpoint: unix:///b.sock')], sockets: [] },
    first: { socketPath: '/a.sock' },
  },
  {
    name: 'reads the configuration in YAML',
    facts: { kubelets: [kubelet([], 'kind: KubeletConfiguration\ncontainerRuntimeEndpoint: "unix:///b.sock" # ours\nx: 1')], sockets: all },
    first: { api: 'cri', socketPath: '/b.sock', reason: "the kubelet's configuration names it" },
  },
  {
    name: 'reads the configuration in JSON',
    facts: { kubelets: [kubelet([], '{"kind":"KubeletConfiguration",\n  "containerRuntimeEndpoint": "unix:///c.sock"}')], sockets: all },
    first: { socketPath: '/c.sock' },
  },
  {
    name: 'reads the configuration in JSON on one line',
    facts: { kubelets: [kubelet([], '{"kind":"KubeletConfiguration","containerRuntimeEndpoint":"unix:///c.sock"}')], sockets: all },
    first: { socketPath: '/c.sock' },
  },
  {
    name: 'prefers later files of the configuration',
    facts: {
      kubelets: [kubelet([], 'containerRuntimeEndpoint: /first.sock', 'a: b', "containerRuntimeEndpoint: '/second.sock'")],
      sockets: [],
    },
    first: { socketPath: '/second.sock' },
  },
  {
    name: 'ignores a nested field with the same name',
    facts: { kubelets: [kubelet([], 'x:\n  containerRuntimeEndpoint: /deep.sock')], sockets: [CONTAINERD] },
    first: { socketPath: CONTAINERD },
  },
  {
    name: 'uses Docker instead of cri-dockerd',
    facts: { kubelets: [kubelet(['--container-runtime-endpoint=unix:///run/cri-dockerd.sock'])], sockets: all },
    first: {
      api: 'docker',
      socketPath: '/var/run/docker.sock',
      reason: "the kubelet's command line names it through /run/cri-dockerd.sock",
    },
  },
  {
    name: 'uses Docker for a kubelet before 1.24 with Docker',
    facts: { kubelets: [kubelet(['--container-runtime=docker'])], sockets: all },
    first: { api: 'docker', socketPath: '/var/run/docker.sock' },
  },
  {
    name: 'uses Docker for k3s with --docker on a node that also has its containerd',
    facts: { kubelets: [{ args: ['/usr/local/bin/k3s', 'server', '--docker'], configTexts: [] }], sockets: all },
    first: { api: 'docker' },
  },
  {
    name: 'prefers the containerd of k3s to the containerd and Docker of the machine',
    facts: { kubelets: [{ args: ['/usr/local/bin/k3s', 'agent'], configTexts: [] }], sockets: all },
    first: { api: 'cri', socketPath: K3S, reason: 'no kubelet names another one, and the socket of k3s or RKE2 exists' },
  },
  {
    name: 'uses the containerd of k0s, which its kubelet names',
    facts: { kubelets: [kubelet(['--container-runtime-endpoint=unix:///run/k0s/containerd.sock'])], sockets: all },
    first: { api: 'cri', socketPath: '/run/k0s/containerd.sock' },
  },
  {
    name: 'prefers the containerd of MicroK8s, whose kubelet has its arguments in a file',
    facts: {
      kubelets: [{ args: ['/snap/microk8s/1/kubelite', '--kubelet-args-file=/var/snap/microk8s/1/args/kubelet'], configTexts: [] }],
      sockets: [DOCKER, CONTAINERD, '/var/snap/microk8s/common/run/containerd.sock'],
    },
    first: { api: 'cri', socketPath: '/var/snap/microk8s/common/run/containerd.sock' },
  },
  { name: 'prefers containerd to Docker', facts: { kubelets: [], sockets: [DOCKER, CONTAINERD] }, first: { socketPath: CONTAINERD } },
  { name: 'uses Docker if it is the only runtime', facts: { kubelets: [], sockets: ['/var/run/docker.sock'] }, first: { api: 'docker' } },
])('$name', ({ facts, first }) => {
  const discovery = discoverRuntime({ override: undefined, ...facts })
  expect(discovery.candidates[0]).toMatchObject(first)
})

test('uses only the configured runtime; a discovered one is not certain', () => {
  const named = discoverRuntime({ override: undefined, kubelets: [kubelet(['--container-runtime-endpoint=/a.sock'])], sockets: all })
  expect(named).toMatchObject({ certain: true, candidates: [{ socketPath: '/a.sock' }] })
  const found = discoverRuntime({ override: undefined, kubelets: [], sockets: all })
  expect(found).toMatchObject({ certain: false, candidates: [{ socketPath: K3S }, { socketPath: CONTAINERD }, { socketPath: DOCKER }] })
})

test('lists everything that was tried when nothing is found', () => {
  const { candidates, tried } = discoverRuntime({ override: undefined, kubelets: [kubelet([])], sockets: [] })
  expect(candidates).toEqual([])
  expect(tried[0]).toBe('the kubelet names no runtime')
  expect(tried).toEqual(expect.arrayContaining([K3S, CONTAINERD, '/run/crio/crio.sock', DOCKER]))
})
