import { expect, test } from 'vitest'
import { kubeletFolder, podFacts } from './cluster-facts.js'

test.each([
  {
    name: 'reads the settings of a pod',
    text: 'search ns.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    expected: { dnsServer: '10.96.0.10', domain: 'cluster.local' },
  },
  {
    name: 'reads another domain and the first of two name servers',
    text: 'nameserver fd00::a\nnameserver 10.0.0.1\nsearch ns.svc.site.example svc.site.example',
    expected: { dnsServer: 'fd00::a', domain: 'site.example' },
  },
  {
    name: 'uses the default domain outside a cluster',
    text: 'nameserver 192.0.2.1\n',
    expected: { dnsServer: '192.0.2.1', domain: 'cluster.local' },
  },
])('$name', ({ text, expected }) => {
  expect(podFacts(text, true)).toEqual({ ...expected, listenHost: '::' })
  expect(podFacts(text, false).listenHost).toBe('0.0.0.0')
})

test.each([
  { gitVersion: 'v1.34.1', expected: '/var/lib/kubelet' },
  { gitVersion: 'v1.34.1+k3s1', expected: '/var/lib/kubelet' },
  { gitVersion: 'v1.34.1+k0s', expected: '/var/lib/k0s/kubelet' },
])('finds the folder of the kubelet of $gitVersion', ({ gitVersion, expected }) => {
  expect(kubeletFolder(gitVersion)).toBe(expected)
})
