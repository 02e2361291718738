import { aSignature } from './databases.js'
import type { ExpectedRejection } from './golden-server.js'
import { HASH_OF_SAMPLE, MARK, PATTERN, rule } from './import-cases.js'

export const REJECTED_CASES: readonly ({ name: string; files: Record<string, string | Buffer> } & ExpectedRejection)[] = [
  {
    name: 'a rule file of which ClamAV supports nothing',
    files: { 'unsupported.yar': rule('Test_Short', 'x') },
    ...{
      check: 'test-load',
      message: /^ClamAV loads none of the 1 signatures in unsupported\.yar: YARA\.Test_Short \(string is too short\)/,
    },
  },
  {
    name: 'signatures for future engines only',
    files: { 'future-engine.ldb': `Test.Future;Engine:254-255,Target:0;0;${PATTERN}` },
    ...{
      check: 'test-load',
      message: /^ClamAV loads none of the 1 signatures in future-engine\.ldb: Test\.Future \(required f-level: 254\)/,
    },
  },
  {
    name: 'a module of YARA in a rule for ClamAV',
    files: { 'pe-module.yar': 'import "pe"\nrule Test_Pe { strings: $a = "CLAMYAR_PE" condition: $a and pe.number_of_sections > 1 }\n' },
    ...{ check: 'rules', message: /pe-module\.yar: line 2: undefined identifier "pe".*move the file to yara\// },
  },
  {
    name: 'a function of YARA in a rule for ClamAV',
    files: { 'uint32be.yar': 'rule Test_U32 { strings: $a = "CLAMYAR_U32" condition: $a and uint32be(0) == 0x7f454c46 }\n' },
    ...{ check: 'rules', message: /uint32be\.yar: line 1: undefined identifier "uint32be"/ },
  },
  {
    name: 'a duplicate rule',
    files: { 'duplicate-rule.yar': rule('Test_Dup', 'CLAMYAR_D1') + rule('Test_Dup', 'CLAMYAR_D2') },
    ...{ check: 'rules', message: /duplicate-rule\.yar: line 2: duplicate identifier "Test_Dup"/ },
  },
  {
    name: 'a PCRE without its end',
    files: { 'pcre-unclosed.ldb': `Test.Pcre.Bad;Engine:81-255,Target:0;0&1;${PATTERN};0/(unclosed[/\n` },
    ...{ check: 'test-load', message: /pcre-unclosed\.ldb: .*missing terminating \]/ },
  },
  {
    name: 'a PCRE without its delimiter',
    files: { 'pcre-no-delimiter.ldb': `Test.Pcre.Delim;Engine:81-255,Target:0;0&1;${PATTERN};0/mark_[0-9]{4}\n` },
    ...{ check: 'test-load', message: /pcre-no-delimiter\.ldb: .*mismatched '\/' delimiter/ },
  },
  {
    name: 'a .cdb with one field too few',
    files: { 'container-short.cdb': 'Test.Cdb:CL_TYPE_ZIP:*:(?i)^swift copy\\.exe$:*:*:*:*:*\n' },
    ...{ check: 'test-load', message: /container-short\.cdb: .*Problem parsing database at line 1/ },
  },
  { name: 'an empty .hdb', files: { 'empty.hdb': '' }, check: 'size', message: /^empty\.hdb is empty/ },
  { name: 'a .ndb with a byte order mark only', files: { 'mark.ndb': MARK }, check: 'size', message: /^mark\.ndb is empty/ },
  {
    name: 'UTF-16 in a database',
    files: { 'utf16.ndb': Buffer.from(`${MARK}Test.Wide:0:*:${PATTERN}\r\n`, 'utf16le') },
    ...{ check: 'text', message: /^utf16\.ndb cannot be read: it is UTF-16 text; save it as UTF-8\.$/ },
  },
  {
    name: 'an empty line in a database',
    files: { 'sparse.ndb': `Test.Sparse.One:0:*:${PATTERN}\n\nTest.Sparse.Two:0:*:${PATTERN}aa\n` },
    ...{ check: 'test-load', message: /sparse\.ndb: .*Problem parsing database at line 2/ },
  },
  {
    name: 'UTF-16 in a hash list',
    files: { 'utf16.csv': Buffer.from(`sha256,name\r\n${HASH_OF_SAMPLE},Test.Wide\r\n`, 'utf16le') },
    ...{ check: 'text', message: /^utf16\.csv cannot be read: it is UTF-16 text/ },
  },
  {
    name: 'big-endian UTF-16 in a database',
    files: { 'utf16be.ndb': Buffer.from(`${MARK}Test.Wide:0:*:${PATTERN}\r\n`, 'utf16le').swap16() },
    ...{ check: 'text', message: /^utf16be\.ndb cannot be read: it is UTF-16 text; save it as UTF-8\.$/ },
  },
  {
    name: 'UTF-16 in a rule file',
    files: { 'yara/utf16.yar': Buffer.from(`${MARK}${rule('Test_Wide', 'WIDE_77')}`, 'utf16le') },
    ...{ check: 'text', message: /^utf16\.yar cannot be read: it is UTF-16 text; save it as UTF-8\.$/ },
  },
  {
    name: 'UTF-16 in a rule file for ClamAV',
    files: { 'utf16-clam.yar': Buffer.from(rule('Test_Wide', 'CLAMYAR_WIDE'), 'utf16le') },
    ...{ check: 'text', message: /^utf16-clam\.yar cannot be read: it is UTF-16 text; save it as UTF-8\.$/ },
  },
  {
    name: 'a hash list with comments only',
    files: { 'comments.csv': '# sha256,name\n\n# nothing today\n' },
    ...{ check: 'hash-list', message: /^comments\.csv/ },
  },
  {
    name: 'Latin-1 in a rule file',
    files: { 'yara/latin1.yar': Buffer.from(`// Erklärung\n${rule('Test_Latin', 'LATIN_77')}`, 'latin1') },
    ...{ check: 'rules', message: /^latin1\.yar is not UTF-8 text/ },
  },
  {
    name: 'a rule file with several errors, by the first line',
    files: { 'yara/errors.yar': 'rule Test_A {\n condition: %% }\nrule Test_B { condition: missing }\n' },
    ...{ check: 'rules', message: /^errors\.yar does not compile: line 2: syntax error/ },
  },
  {
    name: 'an escaped name from sha256sum',
    files: { 'backslash.hashes': `\\${HASH_OF_SAMPLE}  odd\\nname.bin\n` },
    ...{ check: 'hash-list', message: /^backslash\.hashes, line 1: no SHA-256/ },
  },
  {
    name: 'a number before the name without a header line',
    files: { 'no-header.csv': `${HASH_OF_SAMPLE};20260101;Test.Date\n` },
    ...{ check: 'hash-list', message: /^no-header\.csv, line 1: without a header line, the fields are hash, name and size/ },
  },
  {
    name: 'a checksum of another content',
    files: { 'sum-wrong.ndb': aSignature('Test.Wrong'), 'sum-wrong.ndb.sha256': `${'e'.repeat(64)}  sum-wrong.ndb\n` },
    ...{ check: 'checksum', message: /^sum-wrong\.ndb has SHA-256 [0-9a-f]{64}, but sum-wrong\.ndb\.sha256 contains e{64}/ },
  },
  {
    name: 'a checksum file in UTF-16',
    files: { 'sum-utf16.ndb': aSignature('Test.Sum'), 'sum-utf16.ndb.sha256': Buffer.from(`${MARK}${'e'.repeat(64)}`, 'utf16le') },
    ...{ check: 'checksum', message: /^sum-utf16\.ndb\.sha256 cannot be read: it is UTF-16 text/ },
  },
]
