import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { imageSteps, namespaceSteps, nodeSteps, podSteps, shellQuote } from './kubectl.js'

test.each(['shop', 'registry/shop:1@sha256:ab', `a'; rm -rf $HOME; echo "`, '--all', '$(id)', 'a b\nc', '`id`', ''])(
  'quotes %j',
  (name) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellQuote(name)}`]).toString()).toBe(name)
  },
)

const HOSTILE = `x'$(touch /tmp/owned)`
test.each([
  ...nodeSteps(HOSTILE),
  ...podSteps({ namespace: HOSTILE, podName: HOSTILE, nodeName: HOSTILE }),
  ...namespaceSteps(HOSTILE),
  ...imageSteps(HOSTILE),
])('$name contains a hostile name only in quotes', ({ command }) => {
  expect(command).toContain(shellQuote(HOSTILE).slice(1, -1))
  expect(command.replaceAll(shellQuote(HOSTILE), '').replaceAll(shellQuote(`spec.nodeName=${HOSTILE}`), '')).not.toContain('touch')
})
