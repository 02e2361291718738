import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MIB_BYTES, MINUTE_MS } from '@guardimesh/contracts'
import { engineWords, GuardError, runEngine, type SignatureFile } from '@guardimesh/kit'
import { refusal } from '../importers/refusal.js'
import { goldenRefusal, scanProgress } from './prove-load.js'

/** 16 MiB take 0.15 s, and the obfuscation scanner looks at no larger ones. */
const LIMITS = { timeoutMs: 5 * MINUTE_MS, memoryBytes: 1024 * MIB_BYTES }
const SCANNER = fileURLToPath(new URL('./yara-golden.js', import.meta.url))

export interface ProveRulesOptions {
  readonly draft: string
  readonly files: readonly Pick<SignatureFile, 'path'>[]
  readonly golden: readonly string[]
  readonly onProgress: (progress: string) => void
}

/** Lets all YARA rules look at the golden set, in a process of its own. @throws the refusal, check `golden-set`. */
export async function proveRulesMissGolden({ draft, files, golden, onProgress }: ProveRulesOptions, signal: AbortSignal): Promise<void> {
  const rules = files.filter(({ path }) => path.startsWith('yara/')).map(({ path }) => join(draft, path))
  if (rules.length === 0 || golden.length === 0) return
  const task = join(draft, 'golden.json')
  await writeFile(task, JSON.stringify({ rules, golden }))
  const hits: { file: string; signature: string }[] = []
  const onLine = (line: string) => {
    const [count, signature = '', file = ''] = line.split('\t')
    if (file !== '') hits.push({ file, signature })
    onProgress(`${scanProgress(Number(count), golden.length)} with YARA rules`)
  }
  try {
    const run = { program: process.execPath, args: [SCANNER, task], ...LIMITS, onLine }
    const { exitCode, output, overLimit } = await runEngine(run, signal)
    const [hit] = hits
    if (hit) throw goldenRefusal(hit, hits.length)
    if (overLimit)
      throw refusal(
        'golden-set',
        `The YARA rules go over the limit of ${overLimit} with the golden set. Make them simpler, or take files out of it.`,
      )
    if (exitCode !== 0) throw new GuardError('ENGINE_ERROR', `YARA-X could not scan the golden set: ${engineWords(output)}`)
  } finally {
    await rm(task, { force: true })
  }
}
