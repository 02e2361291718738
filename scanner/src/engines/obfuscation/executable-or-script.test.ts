import { expect, test } from 'vitest'
import { isExecutableOrScript } from './executable-or-script.js'

test.each([
  { head: '\x7fELF\x02\x01', name: 'busybox', expected: true },
  { head: 'MZ\x90\x00', name: 'setup', expected: true },
  { head: '#!/bin/sh\n', name: 'run', expected: true },
  { head: 'x = 1', name: 'setup.py', expected: true },
  { head: 'GIF89a<?php echo 1;', name: 'logo.gif', expected: true },
  { head: 'GIF89a\x01\x00', name: 'logo.gif', expected: false },
  { head: 'PK\x03\x04', name: 'app.jar', expected: false },
  { head: 'hello', name: 'readme', expected: false },
  { head: '', name: 'empty.sh', expected: false },
  { head: `${' '.repeat(600)}<?php echo 1;`, name: 'padded.inc', expected: true },
  { head: `\xef\xbb\xbf\n\n \t#!/bin/sh\n`, name: 'marked', expected: true },
  { head: `${'a'.repeat(40_000)}<script>`, name: 'page', expected: true },
  { head: 'text about #!/bin/sh', name: 'notes', expected: false },
])('$name with the first bytes $head: $expected', ({ head, name, expected }) => {
  expect(isExecutableOrScript(Buffer.from(head, 'latin1'), name)).toBe(expected)
})
