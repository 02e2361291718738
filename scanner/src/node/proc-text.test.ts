import { expect, test } from 'vitest'
import { containerIdInCgroup } from './container-processes.js'
import { parseExecutableMappings } from './mapped-files.js'
import { parseStat } from './proc-files.js'

const ID = 'a1'.repeat(32)
const INNER = 'b2'.repeat(32)
const NEIGHBOUR = 'c3'.repeat(32)

test.each([
  { name: 'systemd, containerd', text: `0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${ID}.scope`, owner: ID },
  { name: 'cgroup v1', text: `12:pids:/kubepods/burstable/pod1/${ID}\n0::/`, owner: ID },
  { name: 'Docker', text: `0::/system.slice/docker-${ID}.scope`, owner: ID },
  { name: 'a nested cgroup', text: `0::/docker/${ID}/init`, owner: ID },
  { name: 'relative to another namespace', text: `0::/../../kubepods/${ID}`, owner: ID },
  { name: 'a nested container that the runtime does not report', text: `0::/docker/${ID}/docker/${INNER}`, owner: ID },
  { name: 'a nested cgroup with the id of another container', text: `0::/docker/${ID}/docker/${NEIGHBOUR}`, owner: ID },
  { name: 'an id with another format', text: '0::/default/demo', owner: 'demo' },
  { name: 'a service of the node', text: '0::/system.slice/ssh.service', owner: undefined },
  { name: 'a container that is not listed', text: `0::/docker/${INNER}`, owner: undefined },
])('finds the container in a cgroup: $name', ({ text, owner }) =>
  expect(containerIdInCgroup(text, new Set([ID, NEIGHBOUR, 'demo']))).toBe(owner),
)

test('parses stat with brackets and spaces in the name', () => {
  const after = 'S 4 1 1 0 -1 0 1 0 1 0 1 1 0 0 20 0 1 0 777 4096 55 18446 94000 95000 7ffe00 0'
  expect(parseStat(Buffer.from(`12 (a) b (c)) ${after}`))).toEqual({
    ...{ name: 'a) b (c)', parentPid: 4, startTicks: 777 },
    ...{ virtualBytes: '4096', codeStart: '94000', stackStart: '7ffe00' },
  })
  expect(parseStat(Buffer.from('nonsense'))).toBeUndefined()
})

test('parses executable mappings, once per file, and sums up those without a file', () => {
  const maps = [
    '7f00-7f10 r--p 00000000 08:01 55                         /lib/gone.so (deleted)',
    '7f10-7f20 r-xp 00001000 08:01 55                         /lib/gone.so (deleted)',
    '7f20-7f30 r-xp 00002000 08:01 55                         /lib/gone.so (deleted)',
    '00400000-00401000 r-xs 00000000 00:01 77                 /memfd:jit (deleted)',
    '7f40-7f50 r-xp 00000000 08:11 56                         /lib/there.so',
    '7f50-7f60 rw-p 00000000 08:01 57                         /data (deleted)',
    '7f60-7f70 rwxs 00000000 00:01 58                         /dev/zero (deleted)',
    '7f70-7f80 rwxs 00000000 00:01 59                         /SYSV00000000 (deleted)',
    '7f78-7f80 r-xp 00000000 00:2a 61                         /SYSV00000001 (deleted)',
    '7f80-7f90 r-xp 00000000 08:01 60                         /a\\012b \xff (deleted)',
    '7f90-7fa0 r-xp 00000000 00:00 0                          [vdso]',
    '7fa0-7fb0 rwxp 00000000 00:00 0 ',
    '7fb0-7fc0 rwxp 00000000 00:00 0                          [heap]',
  ].join('\n')
  expect(parseExecutableMappings(Buffer.from(maps, 'latin1'), '0:1')).toEqual({
    files: [
      { path: Buffer.from('/lib/gone.so'), isMarkedDeleted: true, range: '7f10-7f20', device: '8:1', inode: '55' },
      { path: Buffer.from('/memfd:jit'), isMarkedDeleted: true, range: '400000-401000', device: '0:1', inode: '77' },
      { path: Buffer.from('/lib/there.so'), isMarkedDeleted: false, range: '7f40-7f50', device: '8:17', inode: '56' },
      { path: Buffer.from('/SYSV00000001'), isMarkedDeleted: true, range: '7f78-7f80', device: '0:42', inode: '61' },
      { path: Buffer.from('/a\nb \xff', 'latin1'), isMarkedDeleted: true, range: '7f80-7f90', device: '8:1', inode: '60' },
    ],
    anonymousBytes: 4 * 16,
  })
})
