/**
 * Executable of a container runtime while it enters a container: a mount without a name (runc 1.1 and crun from a bind mount, runc 1.2 and later
 * from an overlay), or a copy in memory. The container's program replaces it within milliseconds, on an overloaded node within seconds.
 */
const RUNTIME_PROGRAM = /^\/(runc|crun|youki)?$|^\/memfd:(runc_cloned:|libcrun|crun)/
const MAX_ENTRY_MS = 10_000

/** Process that may be entering a container. */
export interface EnteringProcess {
  readonly parentPid: number
  readonly startedAtMs: number
}

/**
 * True for a runtime that is currently entering the container. In addition to the name, its parent must be a process of the node, and it must have
 * started recently.
 *
 * @param programPath path of its program in the container.
 * @param readFacts reads the process, if the program may be a runtime; undefined when it has ended and needs no inspection.
 * @param pidsOfContainer all processes of the container.
 */
export function isEnteringRuntime(
  programPath: Buffer,
  readFacts: () => EnteringProcess | undefined,
  pidsOfContainer: ReadonlySet<number>,
  nowMs: number,
): boolean {
  if (!isRuntimeProgram(programPath)) return false
  const facts = readFacts()
  return !facts || (!pidsOfContainer.has(facts.parentPid) && nowMs - facts.startedAtMs < MAX_ENTRY_MS)
}

/** True when a program has the path of a container runtime. Pure. @param path path of a running program in the container. */
export function isRuntimeProgram(path: Uint8Array): boolean {
  return RUNTIME_PROGRAM.test(Buffer.from(path).toString('latin1'))
}
