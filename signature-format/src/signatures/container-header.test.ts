import { expect, test } from 'vitest'
import { parseContainerHeader } from './container-header.js'

const MD5 = '35ab809e99f4b34a80dfbc213dd79ed3'
const aHeader = (text: string) => Buffer.from(text.padEnd(512, ' '))

test('parses version, count, functionality level, MD5 and build time', () => {
  expect(parseContainerHeader(aHeader(`ClamAV-VDB:21 Nov 2026 14-34 +0000:7:12:90:${MD5}:X:somebody:1795271672`))).toEqual({
    version: 7,
    signatures: 12,
    functionalityLevel: 90,
    md5: MD5,
    builtAt: '2026-11-21T14:34:32.000Z',
  })
})

test('accepts an updated .cld without MD5', () => {
  expect(parseContainerHeader(aHeader('ClamAV-VDB:22 Jun 2021 16-55 -0400:2:0:81:X:X:somebody:1624395301'))).toMatchObject({
    version: 2,
    md5: 'X',
  })
})

test.each([
  { name: 'empty text', text: '' },
  { name: 'an HTML page', text: '<html>' },
  { name: 'a missing field', text: `ClamAV-VDB:21 Nov 2026:7:12:90:${MD5}:somebody:1795271672` },
  { name: 'a version that is not a number', text: `ClamAV-VDB:21 Nov 2026:x:12:90:${MD5}:X:somebody:1795271672` },
  { name: 'a build time in the far future', text: `ClamAV-VDB:21 Nov 2026:7:12:90:${MD5}:X:somebody:9999999999` },
])('rejects $name', ({ text }) => expect(parseContainerHeader(aHeader(text))).toBeUndefined())
