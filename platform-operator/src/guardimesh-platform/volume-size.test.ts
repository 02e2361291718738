import { expect, test } from 'vitest'
import { anOwner } from '../desired/fixtures.fixture.js'
import { type KubeObject, refKey, refOf } from '../desired/object.js'
import type { PlatformObservation } from './observe.js'
import { firstShrunkVolume } from './volume-size.js'

const owner = anOwner()

function anObservation(spec: object, liveSize?: string): PlatformObservation {
  const claim: KubeObject = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'guardimesh-postgres' },
    spec: { resources: { requests: { storage: liveSize } } },
  }
  const objects = new Map(liveSize === undefined ? [] : [[refKey(refOf(claim)), claim]])
  return { owner, objects, resource: { ...owner, metadata: { name: owner.name }, spec } } as unknown as PlatformObservation
}
const sized = (size: string) => ({ database: { bundled: { storage: { size } } } })

test.each([
  { name: 'a smaller size', observed: anObservation(sized('10Gi'), '20Gi'), reason: 'SpecInvalid' },
  { name: 'a smaller size in another unit', observed: anObservation(sized('900Mi'), '1Gi'), reason: 'SpecInvalid' },
  { name: 'the same size', observed: anObservation(sized('20Gi'), '20Gi'), reason: undefined },
  { name: 'a larger size', observed: anObservation(sized('30Gi'), '20Gi'), reason: undefined },
  {
    name: 'no size although the volume of an earlier installation is larger than the default',
    observed: anObservation({}, '50Gi'),
    reason: undefined,
  },
  { name: 'a size before the volume exists', observed: anObservation(sized('1Gi')), reason: undefined },
])('checks the size of an existing volume: $name', ({ observed, reason }) => expect(firstShrunkVolume(observed)?.reason).toBe(reason))

test('names the field, the volume and its size', () => {
  expect(firstShrunkVolume(anObservation(sized('10Gi'), '20Gi'))?.message).toContain(
    'database.bundled.storage.size is 10Gi, but the volume guardimesh-postgres has 20Gi, and a volume cannot shrink.',
  )
})
