import { expect, test } from 'vitest'
import { isInterpreter, scriptSource } from './script-argument.js'

test.each([
  { line: '/bin/sh /tmp/x.sh a b', source: { kind: 'path', path: '/tmp/x.sh' } },
  { line: '/bin/sh -eux ./x.sh', source: { kind: 'path', path: './x.sh' } },
  { line: '/bin/bash --rcfile /etc/rc -o pipefail x.sh', source: { kind: 'path', path: 'x.sh' } },
  { line: '/bin/sh -c x.sh', source: undefined },
  { line: '/bin/bash -xec x.sh', source: undefined },
  { line: '/bin/sh', source: { kind: 'stdin' } },
  { line: '/bin/bash -s -- a', source: { kind: 'stdin' } },
  { line: '/bin/sh -- /tmp/x.sh', source: { kind: 'path', path: '/tmp/x.sh' } },
  { line: '/bin/busybox sh /tmp/x.sh', source: { kind: 'path', path: '/tmp/x.sh' } },
  { line: '/bin/busybox sleep 5', source: undefined },
  { line: '/usr/bin/python3.12 -X dev x.py', source: { kind: 'path', path: 'x.py' } },
  { line: '/usr/bin/python3 -m http.server', source: undefined },
  { line: '/usr/bin/python3 -', source: { kind: 'stdin' } },
  { line: '/usr/bin/perl -ne print', source: undefined },
  { line: '/usr/bin/perl -w x.pl', source: { kind: 'path', path: 'x.pl' } },
  { line: '/usr/bin/node --require ./hook.js x.js', source: { kind: 'path', path: 'x.js' } },
  { line: '/usr/bin/node -e 1', source: undefined },
  { line: '/usr/bin/php -f x.php', source: { kind: 'path', path: 'x.php' } },
  { line: '/usr/bin/php -r 1;', source: undefined },
  { line: '/usr/bin/lua x.lua', source: { kind: 'path', path: 'x.lua' } },
  { line: '/usr/bin/sleep 5', source: undefined },
])('finds the script of "$line"', ({ line, source }) => {
  const args = line.split(' ')
  expect(scriptSource(args, args[0] as string)).toEqual(source)
})

test('knows the applet of Busybox by the name it was started with', () => {
  expect(scriptSource(['-sh'], '/bin/busybox')).toEqual({ kind: 'stdin' })
  expect(scriptSource(['sleep', '5'], '/bin/busybox')).toBeUndefined()
})

test.each([
  { path: '/usr/local/bin/python3.12', is: true },
  { path: '/bin/busybox', is: true },
  { path: '/usr/bin/shutdown', is: false },
])('$path is an interpreter: $is', ({ path, is }) => expect(isInterpreter(path)).toBe(is))
