import { type ContainerInfoMessage, messages } from '@guardimesh/contracts/messages'
import { expect, test } from 'vitest'
import { layersOf, usedLayers } from './layer-inventory.js'

const id = (name: string) => `sha256:${name.repeat(64)}`
const aContainer = (changes: Partial<ContainerInfoMessage>) =>
  messages.ContainerInfo.create({
    image: 'shop:1',
    snapshotter: 'overlayfs',
    lowerdirs: ['/2/fs', '/1/fs'],
    layerDigests: [id('b'), id('a')],
    ...changes,
  } as object) as ContainerInfoMessage

test('a layer without a diff id has a key of its node', () => {
  const container = aContainer({ layerDigests: ['', id('a')] })
  const [top, low] = layersOf(container, 'node-1')
  expect(top?.key).toMatch(/^local:[0-9a-f]{64}$/)
  expect(layersOf(container, 'node-1')[0]?.key).toBe(top?.key)
  expect(layersOf(container, 'node-2')[0]?.key).not.toBe(top?.key)
  expect(low).toEqual({ key: id('a'), lowerdir: '/1/fs' })
})

test("Docker's own layer of a container is left out", () => {
  const container = aContainer({ snapshotter: 'overlay2', lowerdirs: ['/x-init/diff', '/1/diff'], layerDigests: ['', id('a')] })
  expect(layersOf(container, 'node-1')).toEqual([{ key: id('a'), lowerdir: '/1/diff' }])
})

test('lists each layer once with all images, those of the newest container first', () => {
  const older = aContainer({ startedAtMs: 1 })
  const newer = aContainer({ startedAtMs: 2, image: 'api:1', lowerdirs: ['/3/fs', '/1/fs'], layerDigests: [id('c'), id('a')] })
  expect(usedLayers([older, newer], 'node-1')).toEqual([
    { key: id('c'), lowerdir: '/3/fs', images: ['api:1'] },
    { key: id('a'), lowerdir: '/1/fs', images: ['api:1', 'shop:1'] },
    { key: id('b'), lowerdir: '/2/fs', images: ['shop:1'] },
  ])
})
