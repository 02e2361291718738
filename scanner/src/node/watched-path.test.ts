import { expect, test } from 'vitest'
import { pathOnWatch } from './watched-path.js'

const at = (mountPoint: string, root = '/') => ({ mountPoint: Buffer.from(mountPoint), root: Buffer.from(root) })

test.each([
  { path: '/mnt/v/a', mount: at('/mnt/v'), watch: at('/data'), expected: '/data/a' },
  { path: '/mnt/v/sub/a', mount: at('/mnt/v'), watch: at('/data', '/sub'), expected: '/data/a' },
  { path: '/mnt/s/a', mount: at('/mnt/s', '/sub'), watch: at('/data'), expected: '/data/sub/a' },
  { path: '/run/rootfs/by-node', mount: at('/run/rootfs'), watch: at('/'), expected: '/by-node' },
  { path: '/mnt/v/other/a', mount: at('/mnt/v'), watch: at('/data', '/sub'), expected: '/mnt/v/other/a' },
  { path: '/mnt/vv/a', mount: at('/mnt/v'), watch: at('/data'), expected: '/mnt/vv/a' },
])('$path on the node is $expected in the container', ({ path, mount, watch, expected }) =>
  expect(pathOnWatch(Buffer.from(path), mount, watch).toString()).toBe(expected),
)
