import { expect, test } from 'vitest'
import { classifyFiles } from './classify-files.js'
import type { IncomingFile } from './list-incoming.js'

const aFile = (path: string, over: Partial<IncomingFile> = {}): IncomingFile => ({
  path,
  name: path.replace(/^.*\//, ''),
  kind: path.includes('yara/') ? 'yara' : 'clamav',
  isRegular: true,
  sizeBytes: 1,
  stamp: '1',
  isDowngradeAllowed: false,
  ...over,
})

test.each([
  { name: 'databases of every format', paths: ['main.cvd', 'daily.cld', 'x.ndb', 'media/y.hsb', 'z.yar', 'yara/rules.yara'], accepted: 6 },
  { name: 'a README', paths: ['main.cvd', 'README.txt'], accepted: 1, check: 'name', names: 'README.txt' },
  { name: 'a name with a space', paths: ['my list.ndb'], accepted: 0, check: 'name', names: 'my list.ndb' },
  { name: 'a database among the YARA rules', paths: ['yara/x.ndb'], accepted: 0, check: 'name', names: 'yara/x.ndb' },
  {
    name: 'the name that nodes reserve',
    paths: ['guardimesh-generation.hsb'],
    accepted: 0,
    check: 'name',
    names: 'guardimesh-generation.hsb',
  },
  { name: 'duplicate names', paths: ['a/x.ndb', 'b/x.ndb', 'y.ndb'], accepted: 1, check: 'name', names: 'a/x.ndb, b/x.ndb' },
])('classifies $name', ({ paths, accepted, check, names }) => {
  const sorted = classifyFiles(paths.map((path) => aFile(path)))
  expect(sorted.accepted).toHaveLength(accepted)
  expect(sorted.rejected.map((one) => one.check)).toEqual(check ? [check] : [])
  if (names) expect(sorted.rejected[0]?.message).toMatch(new RegExp(`^${names}: `))
})

test('rejects a link regardless of its name', () => {
  const { accepted, rejected } = classifyFiles([aFile('main.cvd', { isRegular: false })])
  expect(accepted).toEqual([])
  expect(rejected).toMatchObject([{ check: 'regular-file', message: expect.stringContaining('main.cvd') }])
})
