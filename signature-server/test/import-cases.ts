import { createHash } from 'node:crypto'
import { aSignature } from './databases.js'

/** Digests of a sample of 16 bytes. */
export const HASH_OF_SAMPLE = '1e1d6f9d2ed38633c1d56e0419ddeae334e77bbefc92bb93b3d5af922418d498'
const MD5_OF_SAMPLE = '74dac7af7ea6b651215908b086c5f3e9'
export const PATTERN = '425547515f4e44425f4d41524b5f30303031'
export const MARK = '\uFEFF'

interface PublishedCase {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  /** Path in the generation. */
  readonly published: string
}

interface TextCase extends PublishedCase {
  /** Number of loaded signatures. */
  readonly signatures: number
  /** Expected content; undefined: not checked. */
  readonly content?: string
  /** Expected notice; undefined: none. */
  readonly notice?: RegExp
}

export const rule = (name: string, text: string) => `rule ${name} { strings: $a = "${text}" condition: $a }\n`
const withCrlf = (text: string) => text.replaceAll('\n', '\r\n')

const PARTLY_LOADED: readonly TextCase[] = [
  {
    name: 'a rule file with a short string',
    files: { 'short-string.yar': rule('Test_Good', 'CLAMYAR_GOOD') + rule('Test_Short', 'x') },
    ...{ published: 'clamav/short-string.yar', signatures: 1 },
    notice: /^ClamAV skips 1 of 2 signatures in short-string\.yar: YARA\.Test_Short \(string is too short\)\.$/,
  },
  {
    name: 'a rule file with a wide regular expression',
    files: {
      'wide-regex.yar': `${rule('Test_Good2', 'CLAMYAR_GOOD2')}rule Test_Wide { strings: $a = /test_[0-9]{4}_wide/ wide condition: $a }\n`,
    },
    ...{ published: 'clamav/wide-regex.yar', signatures: 1 },
    notice: /^ClamAV skips 1 of 2 signatures in wide-regex\.yar: YARA\.Test_Wide \(wide modifier .* not supported/,
  },
  {
    name: 'a rule file with a rule that only refers to another',
    files: {
      'only-references.yar': `private ${rule('Test_Private', 'CLAMYAR_P')}rule Test_Uses { condition: Test_Private and filesize < 100KB }\n`,
    },
    ...{ published: 'clamav/only-references.yar', signatures: 1 },
    notice: /^ClamAV skips 1 of 2 signatures in only-references\.yar: YARA\.Test_Uses \(.*no supported strings\)\.$/,
  },
  {
    name: 'a rule file with a rule in a comment',
    files: { 'commented.yar': `/*\nrule Test_Comment { condition: false }\n*/\n${rule('Test_Commented', 'CLAMYAR_COMMENT')}` },
    ...{ published: 'clamav/commented.yar', signatures: 1 },
  },
  {
    name: 'pattern signatures for other functionality levels',
    files: { 'levels.ndb': `Test.Now:0:*:${PATTERN}\nTest.Later:0:*:${PATTERN}:254\nTest.Former:0:*:${PATTERN}:1:50\n` },
    ...{ published: 'clamav/levels.ndb', signatures: 1 },
    notice:
      /^ClamAV skips 2 of 3 signatures in levels\.ndb: Test\.Later \(required f-level: 254\), Test\.Former \(for f-level 50 and older\)\.$/,
  },
  {
    name: 'logical signatures for future engines and unknown targets',
    files: {
      'logical.ldb': [
        `Test.L.Now;Engine:81-255,Target:0;0;${PATTERN}`,
        `Test.L.Later;Engine:254-255,Target:0;0;${PATTERN}`,
        `Test.L.Target;Engine:81-255,Target:77;0;${PATTERN}\n`,
      ].join('\n'),
    },
    ...{ published: 'clamav/logical.ldb', signatures: 1 },
    notice: /Test\.L\.Later \(required f-level: 254\), Test\.L\.Target \(not supported: target type\)/,
  },
  {
    name: 'signatures of potentially unwanted applications',
    files: { 'unwanted.ndu': `Test.Unwanted:0:*:${PATTERN}\n` },
    ...{ published: 'clamav/unwanted.ndu', signatures: 0 },
    notice: /^ClamAV skips 1 of 1 signatures in unwanted\.ndu: nodes do not detect potentially unwanted applications\.$/,
  },
]

const ENCODINGS: readonly TextCase[] = [
  {
    name: 'a byte order mark before `import` of a rule file',
    files: {
      'yara/bom-import.yar': withCrlf(
        `${MARK}import "pe"\nimport "math"\n${rule('Test_Import', 'IMPORT_77').replace('$a }', '$a and not pe.is_pe }')}`,
      ),
    },
    ...{ published: 'yara/bom-import.yar', signatures: 1 },
  },
  {
    name: 'a byte order mark before the only rule',
    files: { 'yara/bom.yar': withCrlf(`${MARK}${rule('Test_Bom', 'TEST_BOM')}`) },
    ...{ published: 'yara/bom.yar', signatures: 1, content: rule('Test_Bom', 'TEST_BOM') },
  },
  {
    name: 'CRLF in a rule file',
    files: { 'yara/crlf.yar': withCrlf(rule('Test_Crlf', 'TEST_CRLF')) },
    ...{ published: 'yara/crlf.yar', signatures: 1 },
  },
  {
    name: 'a rule with the name of a rule in another file',
    files: { 'yara/same-name.yar': rule('Test_Crlf', 'TEST_OTHER') },
    ...{ published: 'yara/same-name.yar', signatures: 1 },
  },
  {
    name: 'a byte order mark before a rule of ClamAV',
    files: { 'bom.yar': withCrlf(`${MARK}${rule('Test_BomClam', 'CLAMYAR_BOM')}`) },
    ...{ published: 'clamav/bom.yar', signatures: 1 },
  },
  {
    name: 'a byte order mark in a .hdb',
    files: { 'bom-hash.hdb': `${MARK}${MD5_OF_SAMPLE}:16:Test.Bom.Hash\n` },
    ...{ published: 'clamav/bom-hash.hdb', signatures: 1, content: `${MD5_OF_SAMPLE}:16:Test.Bom.Hash\n` },
  },
  {
    name: 'a byte order mark in a .ndb',
    files: { 'bom-pattern.ndb': `${MARK}Test.Bom.Ndb:0:*:${PATTERN}\n` },
    ...{ published: 'clamav/bom-pattern.ndb', signatures: 1, content: `Test.Bom.Ndb:0:*:${PATTERN}\n` },
  },
  {
    name: 'CRLF in a .hdb',
    files: { 'crlf-hash.hdb': `${MD5_OF_SAMPLE}:16:Test.Crlf\r\n` },
    ...{ published: 'clamav/crlf-hash.hdb', signatures: 1 },
  },
  {
    name: 'CRLF in a .ndb',
    files: { 'crlf-pattern.ndb': `Test.Crlf.Ndb:0:*:${PATTERN}\r\nTest.Crlf.Ndb2:0:*:${PATTERN}aa\r\n` },
    ...{ published: 'clamav/crlf-pattern.ndb', signatures: 2 },
  },
  {
    name: 'CR in a .ndb',
    files: { 'cr-pattern.ndb': `Test.Cr.Ndb:0:*:${PATTERN}\rTest.Cr.Ndb2:0:*:${PATTERN}aa\r` },
    ...{ published: 'clamav/cr-pattern.ndb', signatures: 2 },
  },
  {
    name: 'a byte order mark in each of two files that were concatenated',
    files: { 'bom-twice.ndb': `${MARK}Test.Twice.One:0:*:${PATTERN}\r\n${MARK}Test.Twice.Two:0:*:${PATTERN}aa\r\n` },
    ...{
      published: 'clamav/bom-twice.ndb',
      signatures: 2,
      content: `Test.Twice.One:0:*:${PATTERN}\nTest.Twice.Two:0:*:${PATTERN}aa\n`,
    },
  },
  {
    name: 'a byte order mark between two concatenated rule files',
    files: { 'yara/bom-middle.yar': `${rule('Test_Middle1', 'MIDDLE_1')}${MARK}${rule('Test_Middle2', 'MIDDLE_2')}` },
    ...{ published: 'yara/bom-middle.yar', signatures: 2 },
  },
  {
    name: 'comments in a .ndb',
    files: { 'commented.ndb': `# Partner feed\nTest.Commented.One:0:*:${PATTERN}\n# end\nTest.Commented.Two:0:*:${PATTERN}aa\n#` },
    ...{ published: 'clamav/commented.ndb', signatures: 2 },
  },
  {
    name: 'upper-case hashes in a .hdb',
    files: { 'upper-hash.hdb': `${MD5_OF_SAMPLE.toUpperCase()}:16:Test.Upper\n` },
    ...{ published: 'clamav/upper-hash.hdb', signatures: 1 },
  },
  {
    name: 'no line end after the last signature',
    files: { 'unended.ndb': `Test.Unended.One:0:*:${PATTERN}\nTest.Unended.Two:0:*:${PATTERN}aa` },
    ...{ published: 'clamav/unended.ndb', signatures: 2 },
  },
  {
    name: 'a valid PCRE',
    files: { 'pcre-valid.ldb': `Test.Pcre;Engine:81-255,Target:0;0&1;${PATTERN};0/mark_[0-9]{4}/i\n` },
    ...{ published: 'clamav/pcre-valid.ldb', signatures: 1 },
  },
  {
    name: 'a valid .cdb',
    files: { 'container-valid.cdb': 'Test.Cdb:CL_TYPE_ZIP:*:(?i)^swift copy\\.exe$:*:*:*:*:*:*\n' },
    ...{ published: 'clamav/container-valid.cdb', signatures: 1 },
  },
]

const anySize = (name: string) => `${HASH_OF_SAMPLE}:*:${name}:73\n`

const HASH_LISTS: readonly TextCase[] = [
  {
    name: 'a hash list with a date column',
    files: { 'date-column.csv': `hash;detection;first seen\n${HASH_OF_SAMPLE};Test.Three;20260101\n` },
    ...{ published: 'clamav/date-column.hsb', signatures: 1, content: anySize('Test.Three') },
    notice: /^Columns of date-column\.csv that are not imported: first seen\.$/,
  },
  {
    name: 'a hash list with a number as a name',
    files: { 'number-as-name.csv': `sha256,name\n${HASH_OF_SAMPLE},20260101\n` },
    ...{ published: 'clamav/number-as-name.hsb', signatures: 1, content: anySize('20260101') },
  },
  {
    name: 'a hash list with a separator in quotes',
    files: { 'quoted-comma.csv': `sha256,file_name,signature\n${HASH_OF_SAMPLE},"ACME, Inc invoice.exe",Test.Four\n` },
    ...{ published: 'clamav/quoted-comma.hsb', signatures: 1, content: anySize('Test.Four') },
    notice: /^Columns of quoted-comma\.csv that are not imported: file_name\.$/,
  },
  {
    name: 'a hash list with a header in a comment and a digest of each type',
    files: {
      'commented-header.csv': `# A feed, with comments\n# "first_seen", "md5_hash", "sha256_hash", "size", "signature"\n"2026-01-01", "${MD5_OF_SAMPLE}", "${HASH_OF_SAMPLE.toUpperCase()}", "16", "Test.Feed"\n`,
    },
    ...{ published: 'clamav/commented-header.hsb', signatures: 1, content: `${HASH_OF_SAMPLE}:16:Test.Feed\n` },
    notice: /first_seen/,
  },
  {
    name: 'a hash list with CR',
    files: { 'cr-list.csv': `sha256,name\r${HASH_OF_SAMPLE},Test.OldMac\r` },
    ...{ published: 'clamav/cr-list.hsb', signatures: 1, content: anySize('Test.OldMac') },
  },
  {
    name: 'a hash list with a byte order mark',
    files: { 'bom-list.csv': `${MARK}sha256,name\n${HASH_OF_SAMPLE},Test.Bom.Csv\n` },
    ...{ published: 'clamav/bom-list.hsb', signatures: 1, content: anySize('Test.Bom.Csv') },
  },
]

/** Lists as people and their programs write them. */
const EDITED_LISTS: readonly TextCase[] = [
  {
    name: 'a hash list with empty lines, comments, trailing spaces and CRLF',
    files: { 'edited.csv': `# Partner feed\r\n\r\nsha256,name  \r\n  \r\n${HASH_OF_SAMPLE} , Test.Edited \t\r\n# end\r\n\r\n` },
    ...{ published: 'clamav/edited.hsb', signatures: 1, content: anySize('Test.Edited') },
  },
  {
    name: 'a hash list with upper-case hashes and the columns of two digests',
    files: { 'upper.csv': `MD5,SHA256,Name\n${MD5_OF_SAMPLE.toUpperCase()},${HASH_OF_SAMPLE.toUpperCase()},Test.Upper.List\n` },
    ...{ published: 'clamav/upper.hsb', signatures: 1, content: anySize('Test.Upper.List') },
  },
  {
    name: 'a hash list of two concatenated files, each with a byte order mark and a header',
    files: {
      'twice.csv': `${MARK}sha256,name\n${HASH_OF_SAMPLE},Test.Twice.A\n${MARK}sha256,name\n${HASH_OF_SAMPLE.replaceAll('1', '2')},Test.Twice.B\n`,
    },
    ...{ published: 'clamav/twice.hsb', signatures: 2 },
  },
  {
    name: 'a hash list with more columns and a trailing separator',
    files: { 'extra.csv': `sha256;score;port;name;\n${HASH_OF_SAMPLE};97;443;Test.Extra;\n` },
    ...{ published: 'clamav/extra.hsb', signatures: 1, content: anySize('Test.Extra') },
    notice: /^Columns of extra\.csv that are not imported: score, port\.$/,
  },
  {
    name: 'a hash list with spaces that do not break',
    files: { 'spaces.csv': `sha256,name\n\u00a0${HASH_OF_SAMPLE}\u00a0,\u00a0Test.Spaces\n` },
    ...{ published: 'clamav/spaces.hsb', signatures: 1, content: anySize('Test.Spaces') },
  },
]

export const TEXT_CASES: readonly TextCase[] = [...PARTLY_LOADED, ...ENCODINGS, ...HASH_LISTS, ...EDITED_LISTS]

const CHECKSUM_FORMS: Readonly<Record<string, (digest: string, name: string) => string>> = {
  gnu: (digest, name) => `${digest}  ${name}\n`,
  binary: (digest, name) => `${digest} *${name}\r\n`,
  bare: (digest) => digest,
  path: (digest, name) => `${digest}  /srv/signatures/${name}\n`,
  upper: (digest, name) => `${digest}  ${name}\n`.toUpperCase(),
  bom: (digest) => `${MARK}${digest}`,
  spaces: (digest, name) => `\n  ${digest}  ${name}  \r\n\r\n`,
  comment: (digest, name) => `# SHA-256 of ${name}\n${digest}  ${name}\n`,
  openssl: (digest, name) => `SHA2-256(${name})= ${digest}\n`,
  powershell: (digest, name) =>
    `\r\nAlgorithm  Hash  Path\r\n---------  ----  ----\r\nSHA256     ${digest.toUpperCase()}  C:\\${name}\r\n\r\n`,
  tag: (digest, name) => `SHA256 (${name}) = ${digest}\n`,
  certutil: (digest, name) => `SHA256 hash of ${name}:\r\n${digest}\r\nCertUtil: -hashfile command completed successfully.\r\n`,
}

export const CHECKSUM_CASES: readonly PublishedCase[] = Object.entries(CHECKSUM_FORMS).map(([form, write]) => {
  const [name, content] = [`sum-${form}.ndb`, aSignature(`Test.Sum.${form}`)]
  const digest = createHash('sha256').update(content).digest('hex')
  const files = {
    [name]: content,
    [`${name}.sha256`]: write(digest, name),
    [`${name}.sig`]: 'x',
    [`${name}.md5`]: 'x',
    [`${name}.asc`]: 'x',
  }
  return { name: form, files, published: `clamav/${name}` }
})
