/**
 * How the program of a container runtime looks while it enters a container: a mount without a name (runc 1.1 and crun from a bind mount, runc 1.2
 * and later from an overlay), or a copy in memory. The container's program takes its place within milliseconds, on a node that is overloaded within seconds.
 */
const RUNTIME_PROGRAM = /^\/(runc|crun|youki)?$|^\/memfd:(runc_cloned:|libcrun|crun)/
const MAX_ENTRY_MS = 10_000

/** A process, as far as it matters here. */
export interface EnteringProcess {
  readonly parentPid: number
  readonly startedAtMs: number
}

/**
 * True for a runtime that is entering the container now. A name alone is no excuse: a runtime's process is a child of the node's, and whoever keeps
 * the name longer than any entry takes is no runtime.
 *
 * @param programPath of its program, as the container sees it.
 * @param readFacts of the process; asked for a program that looks like a runtime only. Undefined when it ended: then nobody needs to look at it.
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

/** Pure. @param path of a running program, as the container sees it. */
export function isRuntimeProgram(path: Uint8Array): boolean {
  return RUNTIME_PROGRAM.test(Buffer.from(path).toString('latin1'))
}
