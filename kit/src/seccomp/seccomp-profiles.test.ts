import { expect, test } from 'vitest'
import { AGENT_SECCOMP_PROFILES } from './agent-profiles.js'
import { SECCOMP_PROFILES } from './seccomp-profiles.js'

interface Rule {
  readonly names: readonly string[]
  readonly action: string
  readonly args?: readonly { readonly index: number; readonly value: number }[]
}
interface Profile {
  readonly defaultAction: string
  readonly architectures: readonly string[]
  readonly syscalls: readonly Rule[]
}

const PROFILES = Object.entries(SECCOMP_PROFILES).map(([container, { fileName, content }]) => ({
  ...{ container, fileName },
  profile: JSON.parse(content) as Profile,
}))
const AF_UNIX = 1

/** System calls that reach other processes, namespaces, kernel modules or large interfaces of the kernel. */
const DENIED = `acct add_key bpf chroot clock_settime create_module delete_module fanotify_init finit_module fsconfig fsmount fsopen fspick
  get_kernel_syms get_mempolicy init_module io_setup io_uring_enter io_uring_register io_uring_setup ioperm iopl kcmp kexec_file_load
  kexec_load keyctl lookup_dcookie mbind memfd_create memfd_secret mknod mknodat modify_ldt mount mount_setattr move_mount move_pages
  name_to_handle_at open_by_handle_at open_tree perf_event_open personality pidfd_getfd pivot_root process_madvise process_vm_readv
  process_vm_writev ptrace quotactl reboot request_key seccomp setdomainname setgid setgroups sethostname setns setresuid settimeofday
  setuid swapoff swapon syslog umount umount2 unshare userfaultfd vmsplice`.split(/\s+/)

test.each(PROFILES)('$container: refuses by default, and allows none of the dangerous system calls', ({ profile }) => {
  expect(profile).toMatchObject({ defaultAction: 'SCMP_ACT_ERRNO', architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'] })
  const names = new Set(profile.syscalls.flatMap(({ names }) => names))
  expect(DENIED.filter((name) => names.has(name))).toEqual([])
  // It starts the container's program.
  expect(names).toContain('execve')
})

test.each(PROFILES)('$container: allows clone without new namespaces only, and not clone3', ({ profile }) => {
  const rulesOf = (name: string) => profile.syscalls.filter(({ names }) => names.includes(name))
  expect(rulesOf('clone')).toMatchObject([{ args: [{ index: 0, value: 0x7e02_0000, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }] }])
  // ENOSYS, so that libc uses clone.
  expect(rulesOf('clone3')).toMatchObject([{ action: 'SCMP_ACT_ERRNO', errnoRet: 38 }])
})

test('allows no IP socket for the antivirus, and no connection for the obfuscation scanner, which serves probes', () => {
  const families = PROFILES.map(({ container, profile }) => [
    container,
    profile.syscalls.flatMap(({ names, args }) => (names.includes('socket') ? [args?.[0]?.value] : [])),
  ])
  expect(Object.fromEntries(families)).toEqual({
    antivirus: [AF_UNIX],
    'obfuscation-scanner': [AF_UNIX, 2, 10],
    puller: [AF_UNIX, 2, 10],
  })
  const scanner = PROFILES.find(({ container }) => container === 'obfuscation-scanner')?.profile.syscalls ?? []
  expect(scanner.filter(({ names }) => names.includes('connect') || names.includes('sendmmsg'))).toEqual([])
  for (const name of ['sendto', 'sendmsg']) expect(scanner.filter(({ names }) => names.includes(name))).toMatchObject([{ args: [{}] }])
})

test('names files by their content', () => {
  for (const { container, fileName } of PROFILES) expect(fileName).toMatch(new RegExp(`^${container}-[0-9a-f]{12}\\.json$`))
})

const rulesOf = (name: string) => AGENT_SECCOMP_PROFILES.scanner.syscalls.filter(({ names }) => names.includes(name))

test.each([
  { agent: 'scanner', needed: ['chroot', 'fanotify_init', 'memfd_create', 'mount', 'open_by_handle_at', 'setns', 'unshare'] },
  { agent: 'inspector', needed: [] },
] as const)('$agent: allows those dangerous system calls that it needs, and no others', ({ agent, needed }) => {
  const { defaultErrnoRet, syscalls } = AGENT_SECCOMP_PROFILES[agent]
  expect(defaultErrnoRet).toBe(1)
  const names = new Set(syscalls.flatMap((rule) => rule.names))
  expect(DENIED.filter((name) => names.has(name))).toEqual(needed)
})

test('scanner: enters network namespaces, creates mount namespaces and mounts new file systems, and nothing else of them', () => {
  const CLONE_NEWNET = 0x4000_0000
  const CLONE_NEWNS = 0x2_0000
  const MS_REC_AND_SLAVE = 0x8_4000
  const argumentsOf = (name: string) => rulesOf(name).map(({ args }) => args?.map(({ index, value, op }) => [index, value, op]))
  expect(argumentsOf('setns')).toEqual([[[1, CLONE_NEWNET, 'SCMP_CMP_EQ']]])
  expect(argumentsOf('unshare')).toEqual([[[0, CLONE_NEWNS, 'SCMP_CMP_EQ']]])
  expect(argumentsOf('mount')).toEqual([[[3, 0, 'SCMP_CMP_EQ']], [[3, MS_REC_AND_SLAVE, 'SCMP_CMP_EQ']]])
})
