// @vitest-environment node
import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { Sha256 } from './sha256.js'

const LENGTHS = [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1000, 100_003]

test.each(LENGTHS)('hashes %i bytes like OpenSSL, in one chunk and in many', (length) => {
  const bytes = randomBytes(length)
  const expected = createHash('sha256').update(bytes).digest('hex')
  for (const chunkBytes of [length || 1, 1, 63, 64, 4096]) {
    if (length / chunkBytes > 5000) continue
    const hash = new Sha256()
    for (let at = 0; at < length; at += chunkBytes) hash.update(bytes.subarray(at, at + chunkBytes))
    expect(hash.digestHex(), `chunks of ${chunkBytes} bytes`).toBe(expected)
  }
})
