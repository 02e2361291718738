/**
 * Executable of a container runtime while it enters a container: a mount without a name (runc 1.1 and crun from a bind mount, runc 1.2 and later
 * from an overlay), or a copy in memory. The container's program replaces it within milliseconds, on an overloaded node within seconds.
 */
const RUNTIME_PROGRAM = /^\/(runc|crun|youki)?$|^\/memfd:(runc_cloned:|libcrun|crun)/

/** True when a program has the path of a container runtime. Pure. @param path path of a running program in the container. */
export function isRuntimeProgram(path: Uint8Array): boolean {
  return RUNTIME_PROGRAM.test(Buffer.from(path).toString('latin1'))
}
