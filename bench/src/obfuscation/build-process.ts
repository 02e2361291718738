import { createNativeEngine, createWasmEngine, type YaraRules } from '@guardimesh/signature-format'
import type { CorpusFile } from './corpus.js'
import type { BuildTask, Pass } from './measure-build.js'

/** Returns the processor time and the number of matches. */
function scanAll(rules: YaraRules, files: readonly CorpusFile[]): { ms: number; matches: number } {
  const before = process.cpuUsage()
  let matches = 0
  for (const { name, content } of files) matches += rules.scan(content, name).length
  const { user, system } = process.cpuUsage(before)
  return { ms: (user + system) / 1000, matches }
}

process.once('message', ({ build, rules, corpus }: BuildTask) => {
  const engine = build === 'native' ? createNativeEngine() : createWasmEngine()
  const compiled = engine.compile(rules)
  scanAll(compiled, corpus.small) // The first scans compile code.
  const mixed = scanAll(compiled, corpus.mixed)
  const small = scanAll(compiled, corpus.small)
  process.send?.({ mixedMs: mixed.ms, smallMs: small.ms, matches: mixed.matches + small.matches } satisfies Pass)
})
