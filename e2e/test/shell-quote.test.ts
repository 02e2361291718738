import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { shellQuote } from '../../dev/src/commands/shell-quote.js'

const run = promisify(execFile)

test.each(['plain', '', 'two words', "it's", '$HOME `id` "x" \\', 'a\nb', '*', 'k8s.io/x:1'])(
  'a shell reads the quoted %j unchanged',
  async (word) => {
    const { stdout } = await run('sh', ['-c', `printf '%s' ${shellQuote(word)}`])
    expect(stdout).toBe(word)
  },
)
