// Settings of the scanner processes, whose memory the workload of a node cannot use.

/**
 * Flags of node. V8 would let the young generation grow to 48 MiB, and the old one to several times its content, for a negligible gain in
 * processor time. Agents collect garbage themselves when they are idle, because V8 keeps the memory that becomes free.
 */
export const AGENT_FLAGS = ['--max-semi-space-size=2', '--heap-growing-percent=50', '--expose-gc'] as const

/** Environment: one malloc arena for all threads, and free memory is returned to the node (mallopt(3)). */
export const AGENT_MALLOC_SETTINGS = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' } as const
