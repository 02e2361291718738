import type { CoverageReasonName } from '@guardimesh/contracts'
import type { Stage } from './stage.js'

/** A way to put malware into a container. */
export interface Placement {
  readonly group: string
  readonly name: string
  /** Nothing may be detected: the control against false alarms. Default: false. */
  readonly isHarmless?: boolean
  /** Puts the malware there. @throws Error if this machine does not support it. */
  readonly run: (site: Site) => Promise<Trace>
}

/** Where one placement works. */
export interface Site {
  readonly stage: Stage
  /** A folder in containers for this placement only; it does not exist. */
  readonly folder: string
  /** White space that makes the content unique, so that no verdict is cached. */
  readonly tail: string
}

/** What a placement left, and which results account for it. */
export interface Trace {
  readonly containerId: string
  /** When the content could be read or executed, Unix time in milliseconds. */
  readonly atMs: number
  /** Path of the finding. Names are compared as bytes. */
  readonly path: string | RegExp
  /** Default: EICAR. */
  readonly signature?: RegExp
  /** Coverage entries that report the placement. An entry with exactly its path always does. */
  readonly gaps?: readonly Gap[]
}

export interface Gap {
  readonly reason: CoverageReasonName
  /** Default: the entry of the whole container. */
  readonly path?: string | RegExp
  /** Only an entry that arrived after the placement counts. Default: false, as a standing gap is reported once. */
  readonly isNew?: boolean
}

export function matches(pattern: string | RegExp, path: string): boolean {
  return typeof pattern === 'string' ? pattern === path : pattern.test(path)
}
