import { expect, test } from 'vitest'
import { containerIdInCgroup } from './container-processes.js'
import { parseDeletedMappings } from './mapped-files.js'
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
  const after = 'S 4 1 1 0 -1 0 1 0 1 0 1 1 0 0 20 0 1 0 777 1 1'
  expect(parseStat(Buffer.from(`12 (a) b (c)) ${after}`))).toEqual({ name: 'a) b (c)', parentPid: 4, startTicks: 777 })
  expect(parseStat(Buffer.from('nonsense'))).toBeUndefined()
})

test('parses deleted executable mappings, once per file', () => {
  const maps = [
    '7f00-7f10 r--p 00000000 08:01 55                         /lib/gone.so (deleted)',
    '7f10-7f20 r-xp 00001000 08:01 55                         /lib/gone.so (deleted)',
    '7f20-7f30 r-xp 00002000 08:01 55                         /lib/gone.so (deleted)',
    '00400000-00401000 r-xs 00000000 00:01 77                 /memfd:jit (deleted)',
    '7f40-7f50 r-xp 00000000 08:01 56                         /lib/there.so',
    '7f50-7f60 rw-p 00000000 08:01 57                         /data (deleted)',
    '7f60-7f70 rwxs 00000000 00:01 58                         /dev/zero (deleted)',
    '7f70-7f80 rwxs 00000000 00:01 59                         /SYSV00000000 (deleted)',
    '7f78-7f80 r-xp 00000000 00:2a 61                         /SYSV00000001 (deleted)',
    '7f80-7f90 r-xp 00000000 08:01 60                         /a\\012b \xff (deleted)',
    '7f90-7fa0 r-xp 00000000 00:00 0                          [vdso]',
  ].join('\n')
  expect(parseDeletedMappings(Buffer.from(maps, 'latin1'))).toEqual([
    { path: Buffer.from('/lib/gone.so'), kind: 'deleted', range: '7f10-7f20' },
    { path: Buffer.from('/memfd:jit'), kind: 'memfd', range: '400000-401000' },
    { path: Buffer.from('/SYSV00000001'), kind: 'deleted', range: '7f78-7f80' },
    { path: Buffer.from('/a\nb \xff', 'latin1'), kind: 'deleted', range: '7f80-7f90' },
  ])
})
