import { runChecked } from '@guardimesh/kit'
import { expect, test } from 'vitest'
import { shellQuote } from '../../dev/src/commands/shell-quote.js'

test.each(['plain', '', 'two words', "it's", '$HOME `id` "x" \\', 'a\nb', '*', 'k8s.io/x:1'])(
  'a shell reads %j back unchanged',
  async (word) => {
    const stdout = await runChecked('sh', ['-c', `printf '%s' ${shellQuote(word)}`])
    expect(stdout).toBe(word)
  },
)
