import { readContainerLayers } from '@guardimesh/scanner/processes/inspector/container-layers.js'
import { expect, test } from 'vitest'
import { startBareContainer } from '../node/container.fixture.js'

test('reads the layers of an overlay, and the reason for other snapshotters', async () => {
  const container = await startBareContainer()
  try {
    const { upperdir, lowerdir } = container
    const supported = { upperdir, lowerdirs: [lowerdir], unsupportedReason: '' }
    expect(readContainerLayers('/', container.pid, 'overlayfs')).toEqual({ snapshotter: 'overlayfs', ...supported })
    // CRI-O does not report its driver.
    expect(readContainerLayers('/', container.pid, '')).toEqual({ snapshotter: 'overlay', ...supported })
    expect(readContainerLayers('/', container.pid, 'stargz')).toEqual({
      snapshotter: 'stargz',
      upperdir: '',
      lowerdirs: [],
      unsupportedReason: 'the snapshotter "stargz" is not supported',
    })
  } finally {
    await container.stop()
  }
})

test('reports a root other than an overlay as unsupported, regardless of the snapshotter', () => {
  const layers = readContainerLayers('/', process.pid, 'overlayfs')
  expect(layers).toMatchObject({
    upperdir: '',
    unsupportedReason: expect.stringMatching(/^the root of the container is \w+, which is not supported$/),
  })
})

test('returns undefined for an exited process', () => expect(readContainerLayers('/', 2 ** 22 + 1, 'overlayfs')).toBeUndefined())
