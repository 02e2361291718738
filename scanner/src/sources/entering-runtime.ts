import { isRuntimeProgram } from '../node/runtime-program.js'

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
