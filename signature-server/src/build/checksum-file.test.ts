import { expect, test } from 'vitest'
import { parseChecksum } from './checksum-file.js'

const DIGEST = '1e'.repeat(32)
const SPACED = DIGEST.replace(/../g, '$& ').trim()

test.each([
  { form: 'sha256sum', text: `${DIGEST}  ours.ndb\n` },
  { form: 'sha256sum in binary mode with CRLF', text: `${DIGEST} *ours.ndb\r\n` },
  { form: 'sha256sum with an escaped name', text: `\\${DIGEST}  ours\\nndb\n` },
  { form: 'only the digest', text: DIGEST },
  { form: 'upper case', text: DIGEST.toUpperCase() },
  { form: 'sha256sum --tag', text: `SHA256 (ours.ndb) = ${DIGEST}\n` },
  { form: 'openssl', text: `SHA2-256(ours.ndb)= ${DIGEST}\n` },
  {
    form: 'Get-FileHash',
    text: `\r\nAlgorithm  Hash    Path\r\n---------  ----    ----\r\nSHA256     ${DIGEST.toUpperCase()}  C:\\ours.ndb\r\n`,
  },
  { form: 'certutil', text: `SHA256 hash of ours.ndb:\r\n${DIGEST}\r\nCertUtil: -hashfile command completed successfully.\r\n` },
  { form: 'old certutil', text: `SHA256 hash of file ours.ndb:\r\n${SPACED}\r\nCertUtil: -hashfile command completed.\r\n` },
])('parses $form', ({ text }) => expect(parseChecksum(text)).toBe(DIGEST))

test.each(['', `${DIGEST}0  ours.ndb`, `${DIGEST.slice(1)}  ours.ndb`, 'SHA256 (ours.ndb) ='])('finds no digest in "%s"', (text) =>
  expect(parseChecksum(text)).toBeUndefined(),
)
