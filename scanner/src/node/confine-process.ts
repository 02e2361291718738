import { GuardError } from '@guardimesh/kit/errors/guard-error'
import type { OciSeccompProfile, SeccompRule } from '@guardimesh/kit/seccomp/agent-profiles'
import * as koffi from 'koffi'
import { call, lastErrno } from './libc.js'

// seccomp.h of libseccomp
const ACTION_ALLOW = 0x7fff_0000
const ACTION_ERRNO = 0x0005_0000
const ATTRIBUTE_OPTIMIZE = 8
const OPTIMIZE_BINARY_TREE = 2
const UNKNOWN_CALL = -1
const COMPARISONS = { SCMP_CMP_EQ: 4, SCMP_CMP_MASKED_EQ: 7 } as const
const COMPARISON_BYTES = 24

// linux/fcntl.h
const F_SETFD = 2
const STANDARD_STREAMS = [0, 1, 2]
/** Last argument of a process that runs with its profile. */
const CONFINED = 'confined'

/**
 * Limits this process and its children to the system calls of a profile, for ever. Container runtimes apply no profile to privileged containers,
 * so these processes apply theirs: before they read anything that others control, the first call loads the filter and starts Node again in
 * the same process. libuv creates its io_uring at the start, so that the filter can refuse io_uring then only. Programs that are executed gain
 * no privileges (no_new_privs). Call it before everything else, as its first call does not return.
 *
 * @throws GuardError KERNEL_CALL_FAILED: without its profile, the process must not run.
 */
export function confineProcess(profile: OciSeccompProfile): void {
  if (process.argv.at(-1) === CONFINED) return
  loadFilter(profile)
  // Node has marked all descriptors to be closed.
  for (const fd of STANDARD_STREAMS) if (call.fcntl(fd, F_SETFD, 0) < 0) throw failure(`fcntl failed: ${lastErrno()}`)
  const execute = koffi.load(null).func('int execv(const char *path, const char **args)')
  execute(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1), CONFINED, null])
  throw failure(`execv failed: ${lastErrno()}`)
}

function loadFilter({ defaultErrnoRet, syscalls }: OciSeccompProfile): void {
  const library = loadLibrary()
  const filter = library.init(ACTION_ERRNO | defaultErrnoRet)
  if (filter === null) throw failure('seccomp_init failed')
  library.setAttribute(filter, ATTRIBUTE_OPTIMIZE, OPTIMIZE_BINARY_TREE)
  for (const rule of syscalls) addRule(library, filter, rule)
  check('seccomp_load', library.load(filter))
}

type Library = ReturnType<typeof loadLibrary>

function loadLibrary() {
  const library = koffi.load('libseccomp.so.2')
  return {
    init: library.func('void *seccomp_init(uint32_t action)') as (action: number) => object | null,
    setAttribute: library.func('int seccomp_attr_set(void *filter, int attribute, uint32_t value)') as (
      filter: object,
      attribute: number,
      value: number,
    ) => number,
    resolve: library.func('int seccomp_syscall_resolve_name(const char *name)') as (name: string) => number,
    addRule: library.func(
      'int seccomp_rule_add_array(void *filter, uint32_t action, int number, uint32_t count, const uint8_t *comparisons)',
    ) as (filter: object, action: number, number: number, count: number, comparisons: Uint8Array) => number,
    load: library.func('int seccomp_load(void *filter)') as (filter: object) => number,
  }
}

function addRule(library: Library, filter: object, { names, action, errnoRet, args = [] }: SeccompRule): void {
  const comparisons = Buffer.alloc(args.length * COMPARISON_BYTES)
  for (const [at, { index, op, value, valueTwo = 0 }] of args.entries()) {
    comparisons.writeUInt32LE(index, at * COMPARISON_BYTES)
    comparisons.writeUInt32LE(COMPARISONS[op], at * COMPARISON_BYTES + 4)
    comparisons.writeBigUInt64LE(BigInt(value), at * COMPARISON_BYTES + 8)
    comparisons.writeBigUInt64LE(BigInt(valueTwo), at * COMPARISON_BYTES + 16)
  }
  const code = action === 'SCMP_ACT_ALLOW' ? ACTION_ALLOW : ACTION_ERRNO | (errnoRet ?? 0)
  for (const name of names) {
    const number = library.resolve(name)
    // A newer call than the library knows. The kernel refuses it then.
    if (number === UNKNOWN_CALL) continue
    check(`seccomp_rule_add for ${name}`, library.addRule(filter, code, number, args.length, comparisons))
  }
}

function check(call: string, result: number): void {
  if (result < 0) throw failure(`${call} failed with error ${-result}`)
}

function failure(reason: string): GuardError {
  return new GuardError('KERNEL_CALL_FAILED', `failed to limit the system calls of this process: ${reason}`)
}
