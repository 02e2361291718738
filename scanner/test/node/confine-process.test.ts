import { resolve } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { expect, test } from 'vitest'

const dist = resolve(import.meta.dirname, '../../dist/node')
const PROFILES = import.meta.resolve('@guardimesh/kit/seccomp/agent-profiles')
const EPERM = 1
/** Each with invalid arguments, so that none of them has an effect without a filter either. */
const REFUSED = `acct add_key bpf delete_module finit_module init_module io_uring_setup kcmp kexec_load keyctl mount_setattr move_mount
  open_tree perf_event_open pidfd_getfd pivot_root process_vm_readv process_vm_writev ptrace quotactl reboot request_key setns swapoff
  swapon umount2 unshare userfaultfd`.split(/\s+/)

/** Calls everything in a process of its own. @returns the error numbers, and the state of all its threads. */
async function callAll(profile: 'scanner' | 'inspector' | undefined) {
  const script = `
    import { readdirSync, readFileSync } from 'node:fs'
    import * as koffi from ${JSON.stringify(import.meta.resolve('koffi'))}
    import { confineProcess } from ${JSON.stringify(`${dist}/confine-process.js`)}
    import { AGENT_SECCOMP_PROFILES } from ${JSON.stringify(PROFILES)}
    const profile = AGENT_SECCOMP_PROFILES[${JSON.stringify(profile)}]
    if (profile) confineProcess(profile)
    const number = koffi.load('libseccomp.so.2').func('int seccomp_syscall_resolve_name(const char *name)')
    const call = koffi.load(null).func('long syscall(long number, long a, long b, long c, long d, long e)')
    const errors = ${JSON.stringify(REFUSED)}.map((name) => (call(number(name), -1, -1, -1, -1, -1) < 0 ? koffi.errno() : 0))
    const stateOf = (id) => readFileSync('/proc/self/task/' + id + '/status', 'latin1').match(/^(NoNewPrivs|Seccomp):\\t\\d/gm).join(' ')
    const states = [...new Set(readdirSync('/proc/self/task').map(stateOf))]
    console.log(JSON.stringify({ errors, states }))`
  return JSON.parse(await runChecked(process.execPath, ['--input-type=module', '-e', script])) as { errors: number[]; states: string[] }
}

test.each(['scanner', 'inspector'] as const)(
  '%s: refuses what it does not need, in all threads, and gains no privileges',
  async (profile) => {
    const { errors, states } = await callAll(profile)
    expect(Object.fromEntries(REFUSED.map((name, at) => [name, errors[at]]))).toEqual(
      Object.fromEntries(REFUSED.map((name) => [name, EPERM])),
    )
    expect(states).toEqual(['NoNewPrivs:\t1 Seccomp:\t2'])
  },
)

test('without a profile, the kernel itself refuses the arguments of these calls', async () => {
  const { errors, states } = await callAll(undefined)
  expect(errors.filter((error) => error !== EPERM).length).toBeGreaterThan(REFUSED.length / 2)
  expect(states).toEqual(['NoNewPrivs:\t0 Seccomp:\t0'])
})
