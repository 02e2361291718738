import { randomBytes } from 'node:crypto'
import { VerdictCache } from '@guardimesh/scanner/engines/verdict-cache.js'
import { verdictScope } from '@guardimesh/scanner/engines/verdict-keys.js'
import { usedHeapBytes } from '@guardimesh/testbed/heap.js'
import { expect, test } from 'vitest'

test('a verdict cache needs little memory for each file', () => {
  const files = 20_000
  const cache = new VerdictCache(undefined, files)
  cache.setGeneration('g')
  const before = usedHeapBytes()
  for (let n = 0; n < files; n++) {
    const sha256 = Uint8Array.from(randomBytes(32))
    const scope = verdictScope(true, false, Buffer.from(`/folder/${n}`))
    const content = { sha256, md5: randomBytes(16).toString('hex'), sizeBytes: n, scope }
    cache.rememberContent(content, { kind: 'clean' }, 'g')
    cache.rememberFile(
      { device: 60n, inode: BigInt(n) + 1_000_000n, changedAtNs: 1_796_000_000_000_000_000n, sizeBytes: BigInt(n) },
      content,
      'g',
    )
  }
  expect((usedHeapBytes() - before) / files).toBeLessThan(480)
  expect(cache.size).toBe(files)
})
