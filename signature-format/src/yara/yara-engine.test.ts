import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNativeEngine } from './native-yara.js'
import { createWasmEngine } from './wasm-yara.js'
import { YARA_X_VERSION, YaraTimeoutError } from './yara-rules.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yara-engine-'))
  writeFileSync(join(folder, 'secret'), 'password of the node\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

const builds = [
  ...(process.arch === 'x64' ? [{ build: 'native', createEngine: createNativeEngine }] : []),
  { build: 'WASM', createEngine: createWasmEngine },
]

describe.each(builds)('YARA-X, $build build', ({ createEngine }) => {
  const engine = createEngine()
  const rulesOf = (...sources: string[]) => engine.compile(sources.map((source, index) => ({ name: `file-${index}`, source })))
  const matchesOf = (source: string, content: string, fileName = 'a.js') =>
    rulesOf(source)
      .scan(Buffer.from(content), fileName)
      .map(({ rule }) => rule)

  test('reports metadata and the source of a match, and no private rules', () => {
    const rules = rulesOf(
      'rule Same { meta: severity = "high" strings: $a = "x" condition: $a }',
      'private rule Hidden { condition: true } rule Same { condition: Hidden }',
    )
    expect(rules.scan(Buffer.from('xyz'), 'a')).toEqual([
      { rule: 'Same', sourceName: 'file-0', metadata: { severity: 'high' } },
      { rule: 'Same', sourceName: 'file-1', metadata: {} },
    ])
  })

  test.each(['a.js', '123', '-5', '+5', 'true', 'FALSE', '', '\u00ff\0', '1'.repeat(400)])('scans a file with the name %j', (fileName) => {
    expect(matchesOf('rule Any { condition: filename contains "" }', 'x', fileName)).toEqual(['Any'])
  })

  test('passes the file name to the rules', () => {
    const named = 'rule Named { condition: filename == "a.js" }'
    expect([matchesOf(named, 'x', 'a.js'), matchesOf(named, 'x', 'b.js')]).toEqual([['Named'], []])
  })

  test('reports the position of an error', () => {
    expect(engine.compileError('rule Good { condition: true }')).toBeUndefined()
    expect(engine.compileError('rule Bad {\n condition: $missing }')).toMatch(
      /^error\[E\d+\]: unknown pattern `\$missing`\n --> line:2:13\n/,
    )
  })

  test('reports the error in the first line of several', () => {
    const source = 'import "pe"\nrule Bad {\n condition %%% }\nrule Worse { condition: missing and math.entropy(0, 1) > 2 }'
    expect(engine.compileError(source)).toMatch(/^error\[E001\]: syntax error\n --> line:3:/)
  })

  test('ignores a byte order mark', () => {
    const source = '\uFEFFimport "pe"\nrule Any { condition: pe.is_pe or filesize > 0 }'
    expect(engine.compileError(source)).toBeUndefined()
    expect(matchesOf(source, 'x')).toEqual(['Any'])
  })

  test('rejects an include, and does not read its file', () => {
    const including = `include "${join(folder, 'secret')}"\nrule After { condition: true }`
    expect(engine.compileError(including)).toContain('include')
    expect(engine.compileError(including)).not.toContain('password')
    expect(() => rulesOf('rule First { condition: true }', including)).toThrow('include')
  })

  test('counts a limited number of matches', () => {
    const count = (limit: number) => `rule Count { strings: $a = "ab" condition: #a >= ${limit} }`
    const content = 'ab'.repeat(20_000)
    expect([matchesOf(count(10_000), content), matchesOf(count(10_001), content)]).toEqual([['Count'], []])
  })
})

test.runIf(process.arch === 'x64')('native rules can be used after a timeout', () => {
  const endless = 'rule Endless { condition: filename == "slow" and for all i in (0..100000000000) : (i >= 0) or filename == "fast" }'
  const rules = createNativeEngine().compile([{ name: 'endless', source: endless }], 1000)
  expect(() => rules.scan(Buffer.from('x'), 'slow')).toThrow(YaraTimeoutError)
  expect(rules.scan(Buffer.from('x'), 'fast')).toMatchObject([{ rule: 'Endless' }])
})

test.runIf(process.arch === 'x64')('both builds are the same version of YARA-X', () => {
  const require = createRequire(import.meta.url)
  expect(require('@virustotal/yara-x/package.json')).toMatchObject({ version: YARA_X_VERSION })
  // Paths of the sources remain in the binary.
  expect(readFileSync(require.resolve('@litko/yara-x-linux-x64-gnu')).includes(`/yara-x-${YARA_X_VERSION}/src/`)).toBe(true)
})
