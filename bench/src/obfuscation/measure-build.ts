import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { YaraSource } from '@guardimesh/signature-format'
import type { Corpus } from './corpus.js'

export type BuildName = 'native' | 'wasm'

export interface BuildTask {
  readonly build: BuildName
  readonly rules: readonly YaraSource[]
  readonly corpus: Corpus
}

/** Processor time of one pass over the corpus. */
export interface Pass {
  readonly mixedMs: number
  readonly smallMs: number
  readonly matches: number
}

/** Scans the corpus once in a new process, because the WASM build leaks. */
export async function measureBuild(task: BuildTask): Promise<Pass> {
  const child = fork(fileURLToPath(new URL('./build-process.js', import.meta.url)), { serialization: 'advanced' })
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the process of the ${task.build} build ended (${signal ?? `code ${code}`})`)
  })
  child.send(task)
  try {
    const [pass] = await Promise.race([once(child, 'message'), ended])
    return pass as Pass
  } finally {
    ended.catch(() => undefined)
    child.kill()
  }
}
