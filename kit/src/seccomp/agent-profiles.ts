import inspector from './inspector.json' with { type: 'json' }
import scanner from './scanner.json' with { type: 'json' }

/** A rule of a seccomp profile in the format of OCI runtimes. */
export interface SeccompRule {
  readonly names: readonly string[]
  readonly action: 'SCMP_ACT_ALLOW' | 'SCMP_ACT_ERRNO'
  readonly errnoRet?: number
  readonly args?: readonly {
    readonly index: number
    readonly value: number
    readonly valueTwo?: number
    readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_MASKED_EQ'
  }[]
}

/** A seccomp profile in the format of OCI runtimes. What it does not list fails with `defaultErrnoRet`. */
export interface OciSeccompProfile {
  readonly defaultErrnoRet: number
  readonly syscalls: readonly SeccompRule[]
}

/** Profiles of the privileged processes, which apply them themselves, because runtimes apply none to privileged containers. */
export const AGENT_SECCOMP_PROFILES = {
  scanner: scanner as OciSeccompProfile,
  inspector: inspector as OciSeccompProfile,
}
