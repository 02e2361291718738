import { expect, test } from 'vitest'
import { layerDigests } from './layer-digests.js'

const id = (name: string) => `sha256:${name.repeat(64)}`

test.each([
  { name: 'containerd', lowerdirs: ['/2/fs', '/1/fs'], diffIds: [id('a'), id('b')], expected: [id('b'), id('a')] },
  { name: 'Docker with its init layer', lowerdirs: ['/x-init/diff', '/1/diff'], diffIds: [id('a')], expected: ['', id('a')] },
  { name: 'an additional layer', lowerdirs: ['/2/fs', '/1/fs'], diffIds: [id('a')], expected: ['', ''] },
  { name: 'an unknown image', lowerdirs: ['/1/fs'], diffIds: [], expected: [''] },
  { name: 'an invalid diff id', lowerdirs: ['/2/fs', '/1/fs'], diffIds: ['md5:1', id('b')], expected: [id('b'), ''] },
])('$name', ({ lowerdirs, diffIds, expected }) => expect(layerDigests(lowerdirs, diffIds)).toEqual(expected))
