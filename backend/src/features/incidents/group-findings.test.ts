import { expect, test } from 'vitest'
import { groupFindings, type IncidentFinding } from './group-findings.js'

const HASH = 'ab'.repeat(32)

function aFinding(changes: Partial<IncidentFinding> = {}): IncidentFinding {
  return {
    clusterId: 'a',
    sha256: HASH,
    signatureName: 'Worm',
    imageDigest: 'sha256:1',
    severity: 'high',
    scanSource: 'realtime',
    nodeName: 'node-1',
    namespace: 'shop',
    podName: 'shop-1',
    containerName: 'web',
    ...changes,
  }
}

test.each([
  { name: 'a hash, regardless of signature and image', second: { signatureName: 'Other', imageDigest: 'sha256:2' }, groups: 1 },
  { name: 'hashes of two clusters', second: { clusterId: 'b' }, groups: 2 },
  { name: 'two hashes', second: { sha256: 'cd'.repeat(32) }, groups: 2 },
  { name: 'a finding without a hash', second: { sha256: null }, groups: 2 },
])('groups by $name', ({ second, groups }) => {
  expect(groupFindings([aFinding(), aFinding(second)])).toHaveLength(groups)
})

test.each([
  { name: 'signature and image', second: {}, groups: 1 },
  { name: 'two signatures', second: { signatureName: 'Other' }, groups: 2 },
  { name: 'two images', second: { imageDigest: 'sha256:2' }, groups: 2 },
])('groups findings without a hash by $name', ({ second, groups }) => {
  expect(groupFindings([aFinding({ sha256: null }), aFinding({ sha256: null, ...second })])).toHaveLength(groups)
})

test('counts findings, workloads and nodes, and keeps the highest severity with its signature', () => {
  const [group] = groupFindings([
    aFinding({ severity: 'low', signatureName: 'Suspicious' }),
    aFinding({ severity: 'critical', signatureName: 'Worm', nodeName: 'node-2' }),
    aFinding({ podName: 'shop-2', nodeName: 'node-2' }),
    aFinding({ namespace: '', podName: '', containerName: 'database' }),
  ])
  expect(group).toMatchObject({ findings: 4, severity: 'critical', signatureName: 'Worm' })
  expect([...(group?.nodes ?? [])]).toEqual(['node-1', 'node-2'])
  expect([...(group?.workloads.values() ?? [])]).toEqual([
    { namespace: 'shop', workload: 'shop-1', nodeName: 'node-2', findings: 2 },
    { namespace: 'shop', workload: 'shop-2', nodeName: 'node-2', findings: 1 },
    { namespace: '', workload: 'database', nodeName: 'node-1', findings: 1 },
  ])
})

test('returns groups in the same order for any order of findings', () => {
  const findings = ['c', 'a', 'b'].flatMap((clusterId) => ['22', '11'].map((byte) => aFinding({ clusterId, sha256: byte.repeat(32) })))
  const order = (all: IncidentFinding[]) => groupFindings(all).map(({ contentKey, clusterId }) => `${contentKey.slice(0, 2)}${clusterId}`)
  expect(order(findings)).toEqual(['11a', '11b', '11c', '22a', '22b', '22c'])
  expect(order(findings.toReversed())).toEqual(order(findings))
})
