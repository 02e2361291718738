import { readContainerLayers } from '@guardimesh/scanner/processes/inspector/container-layers.js'
import { expect, test } from 'vitest'
import { startBareContainer } from '../node/container.fixture.js'

test('layers of an overlay; what else there is, is named', async () => {
  const container = await startBareContainer()
  try {
    const { upperdir, lowerdir } = container
    const supported = { upperdir, lowerdirs: [lowerdir], unsupportedReason: '' }
    expect(readContainerLayers('/', container.pid, 'overlayfs')).toEqual({ snapshotter: 'overlayfs', ...supported })
    // CRI-O does not name its driver.
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

test('a root that is no overlay is unsupported whatever the runtime says', () => {
  const layers = readContainerLayers('/', process.pid, 'overlayfs')
  expect(layers).toMatchObject({
    upperdir: '',
    unsupportedReason: expect.stringMatching(/^the root of the container is \w+, which is not supported$/),
  })
})

test('a process that ended has no layers', () => expect(readContainerLayers('/', 2 ** 22 + 1, 'overlayfs')).toBeUndefined())
