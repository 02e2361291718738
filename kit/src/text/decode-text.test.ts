import { expect, test } from 'vitest'
import { decodeText } from './decode-text.js'

test.each([
  { name: 'ASCII', bytes: Buffer.from('secret\n'), text: 'secret\n' },
  { name: 'UTF-8', bytes: Buffer.from('geheim ä'), text: 'geheim ä' },
  { name: 'a byte order mark', bytes: Buffer.from('\uFEFFsecret'), text: 'secret' },
  { name: 'a byte order mark only', bytes: Buffer.from('\uFEFF'), text: '' },
  { name: 'no bytes', bytes: Buffer.alloc(0), text: '' },
])('decodes $name', ({ bytes, text }) => expect(decodeText(bytes)).toBe(text))

test.each([
  { name: 'UTF-16 with byte order mark', bytes: Buffer.from('\uFEFFsecret', 'utf16le'), reason: /^it is UTF-16 text/ },
  { name: 'big-endian UTF-16 with byte order mark', bytes: Buffer.from('\uFEFFsecret', 'utf16le').swap16(), reason: /^it is UTF-16 text/ },
  { name: 'UTF-16 without byte order mark', bytes: Buffer.from('secret', 'utf16le'), reason: /^it is UTF-16 text/ },
  { name: 'big-endian UTF-16 without byte order mark', bytes: Buffer.from('secret', 'utf16le').swap16(), reason: /^it is UTF-16 text/ },
  { name: 'UTF-32', bytes: Buffer.from('fffe000061000000', 'hex'), reason: /^it is UTF-32 text/ },
  { name: 'Latin-1', bytes: Buffer.from('geheim ä', 'latin1'), reason: /^it is not UTF-8 text/ },
])('rejects $name', ({ bytes, reason }) => expect(() => decodeText(bytes)).toThrow(reason))
