import { writeFileSync } from 'node:fs'

/** Makes the kernel kill this process first when the container runs out of memory. */
export function preferOomKill(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000')
  } catch {
    // With a read-only /proc the memory limit of the pool still applies.
  }
}
