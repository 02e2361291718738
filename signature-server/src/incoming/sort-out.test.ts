import { expect, test } from 'vitest'
import type { IncomingFile } from './list-incoming.js'
import { sortOut } from './sort-out.js'

const aFile = (path: string, over: Partial<IncomingFile> = {}): IncomingFile => ({
  path,
  name: path.replace(/^.*\//, ''),
  kind: path.includes('yara/') ? 'yara' : 'clamav',
  isRegular: true,
  sizeBytes: 1,
  stamp: '1',
  mayBeOlder: false,
  ...over,
})

test.each([
  { name: 'databases of every form', paths: ['main.cvd', 'daily.cld', 'x.ndb', 'stick/y.hsb', 'z.yar', 'yara/rules.yara'], wanted: 6 },
  { name: 'a note', paths: ['main.cvd', 'README.txt'], wanted: 1, check: 'name', names: 'README.txt' },
  { name: 'a name with a space', paths: ['my list.ndb'], wanted: 0, check: 'name', names: 'my list.ndb' },
  { name: 'a database among the YARA rules', paths: ['yara/x.ndb'], wanted: 0, check: 'name', names: 'yara/x.ndb' },
  { name: 'the name that nodes use', paths: ['guardimesh-generation.hsb'], wanted: 0, check: 'name', names: 'guardimesh-generation.hsb' },
  { name: 'two of one name', paths: ['a/x.ndb', 'b/x.ndb', 'y.ndb'], wanted: 1, check: 'name', names: 'a/x.ndb, b/x.ndb' },
])('$name', ({ paths, wanted, check, names }) => {
  const sorted = sortOut(paths.map((path) => aFile(path)))
  expect(sorted.wanted).toHaveLength(wanted)
  expect(sorted.strays.map((stray) => stray.check)).toEqual(check ? [check] : [])
  if (names) expect(sorted.strays[0]?.message).toMatch(new RegExp(`^${names}: `))
})

test('a link is refused, whatever its name', () => {
  const { wanted, strays } = sortOut([aFile('main.cvd', { isRegular: false })])
  expect(wanted).toEqual([])
  expect(strays).toMatchObject([{ check: 'regular-file', message: expect.stringContaining('main.cvd') }])
})
