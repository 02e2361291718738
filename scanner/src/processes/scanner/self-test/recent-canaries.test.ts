import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { RecentCanaries } from './recent-canaries.js'

const contentOf = (number: number) => Buffer.from(`canary ${number}`)
const sha256 = (content: Buffer) => ({ sha256: createHash('sha256').update(content).digest() })

test('knows the last canaries by their content, and nothing else', () => {
  const canaries = new RecentCanaries()
  for (let number = 0; number < 200; number++) canaries.add(contentOf(number))
  expect(canaries.has(sha256(contentOf(199)))).toBe(true)
  expect(canaries.has(sha256(contentOf(100)))).toBe(true)
  expect(canaries.has(sha256(contentOf(0)))).toBe(false)
  expect(canaries.has(sha256(Buffer.from('malware')))).toBe(false)
})
