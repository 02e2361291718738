import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildRpmHeader, type RpmTag, rpmNumbers, rpmTags, rpmText } from './rpm-database.fixture.js'
import { filesInHeader } from './rpm-header.js'

const curl = { name: 'curl', version: '7.76.1', release: '29.el9', arch: 'x86_64' }
const files = { '/usr/bin/curl': 'curl', '/usr/bin/link': undefined, '/usr/share/curl': 'docs' }
const tags = rpmTags({ ...curl, files })
const header = buildRpmHeader(tags)
const wanted = new Map([['curl', new Set(['/usr/bin/curl', '/opt/curl'])]])
const withTags = (...changed: RpmTag[]) =>
  buildRpmHeader([...tags.filter(({ tag }) => !changed.some((other) => other.tag === tag)), ...changed])

test('finds a file with its package and checksum', () => {
  expect(filesInHeader(header, wanted)).toEqual([
    {
      path: '/usr/bin/curl',
      name: 'curl',
      version: '7.76.1-29.el9.x86_64',
      algorithm: 'sha256',
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ])
  expect(filesInHeader(header, new Map([['link', new Set(['/usr/bin/link'])]]))).toMatchObject([{ path: '/usr/bin/link', checksum: '' }])
  expect(filesInHeader(header, new Map([['other', new Set(['/usr/bin/other'])]]))).toEqual([])
})

test.each([
  { name: 'MD5 without the tag of the algorithm', algorithm: undefined, expected: { algorithm: 'md5' } },
  { name: 'SHA-512', algorithm: 10, expected: { algorithm: 'sha512' } },
  { name: 'an unknown algorithm', algorithm: 99, expected: { checksum: '' } },
])('reads checksums with $name', ({ algorithm, expected }) => {
  const changed = algorithm === undefined ? [] : [rpmNumbers(5011, algorithm)]
  const content = buildRpmHeader([...tags.filter(({ tag }) => tag !== 5011), ...changed])
  expect(filesInHeader(content, wanted)).toMatchObject([expected])
})

test('shortens long names, and ignores a checksum that is none', () => {
  const content = withTags(rpmText(1000, 'n'.repeat(5000)), rpmText(1035, 'not hexadecimal', '', ''))
  expect(filesInHeader(content, wanted)).toMatchObject([{ name: 'n'.repeat(256), checksum: '' }])
})

test('reads a package without files, and tags that share their data', () => {
  expect(filesInHeader(buildRpmHeader(tags.slice(0, 4)), wanted)).toEqual([])
  const overlapping = Buffer.from(header)
  // The version starts inside the name.
  overlapping.writeUInt32BE(2, 8 + 16 + 8)
  expect(filesInHeader(overlapping, wanted)).toMatchObject([{ name: 'curl', version: 'rl-29.el9.x86_64' }])
})

/** Changes one number of the header. */
function damaged(offset: number, value: number): Buffer {
  const content = Buffer.from(header)
  content.writeUInt32BE(value, offset)
  return content
}
const entryOf = (tag: number) => 8 + tags.findIndex((one) => one.tag === tag) * 16

describe('refuses a damaged header', () => {
  test.each([
    { name: 'nothing', content: Buffer.alloc(0) },
    { name: 'the first bytes', content: header.subarray(0, 7) },
    { name: 'a truncated index', content: header.subarray(0, 40) },
    { name: 'truncated data', content: header.subarray(0, -1) },
    { name: 'additional data', content: Buffer.concat([header, Buffer.alloc(1)]) },
    { name: 'a huge number of entries', content: damaged(0, 0xffff_ffff) },
    { name: 'a huge length', content: damaged(4, 0xffff_ffff) },
    { name: 'a huge number of names', content: damaged(entryOf(1117) + 12, 0xffff_ffff) },
    { name: 'names after the data', content: damaged(entryOf(1117) + 8, 0x7fff_ffff) },
    { name: 'names of another type', content: damaged(entryOf(1117) + 4, 4) },
    { name: 'indexes after the data', content: damaged(entryOf(1116) + 8, header.length) },
    { name: 'a huge number of checksums', content: damaged(entryOf(1035) + 12, 0xffff_ffff) },
  ])('$name', ({ content }) => expect(() => filesInHeader(content, wanted)).toThrow(Error))
})

test('a folder that does not exist is no path', () => {
  expect(filesInHeader(withTags(rpmNumbers(1116, 77, 0, 1)), wanted)).toEqual([])
  expect(filesInHeader(withTags(rpmNumbers(1116)), wanted)).toEqual([])
})

test('fails with an error for every damage', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(header.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), (edits) => {
      const content = Buffer.from(header)
      for (const [at, value] of edits) content[at] = value
      try {
        for (const { path } of filesInHeader(content, wanted)) expect(path).toMatch(/\/curl$/)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
        expect(error).not.toBeInstanceOf(RangeError)
      }
    }),
    { numRuns: 500 },
  )
})
