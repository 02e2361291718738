import { shellQuote } from '@guardimesh/dev/commands/shell-quote.js'
import { runChecked } from '@guardimesh/kit'
import { expect, test } from 'vitest'

test.each(['plain', '', 'two words', "it's", '$HOME `id` "x" \\', 'a\nb', '*', 'k8s.io/x:1'])(
  'quotes %j so that a shell reads it unchanged',
  async (word) => {
    const stdout = await runChecked('sh', ['-c', `printf '%s' ${shellQuote(word)}`])
    expect(stdout).toBe(word)
  },
)
