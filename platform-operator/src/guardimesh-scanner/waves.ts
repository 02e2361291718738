import type { StringRecord } from '../desired/object.js'
import type { ScannerSpec } from '../desired/scanner-defaults.js'

/** What waves need to know of a scanner pod. */
export interface WavePod {
  readonly name: string
  readonly nodeName: string
  /** Made from the newest template. */
  readonly isUpdated: boolean
  readonly isReady: boolean
  /** When it became ready, or was made while it never was. */
  readonly sinceMs: number
}

export interface WaveInputs {
  readonly waves: ScannerSpec['updateStrategy']['waves']
  readonly nodes: ReadonlyMap<string, StringRecord>
  readonly pods: readonly WavePod[]
  readonly nowMs: number
}

/** What to do next. */
export interface WaveStep {
  /** "2/3", while an update is under way. */
  readonly wave: string | undefined
  /** Pods to delete, so that the DaemonSet makes them anew. */
  readonly deletes: readonly string[]
  /** Why it does not go on; undefined while it does. */
  readonly held: string | undefined
  readonly lookAgainMs: number | undefined
}

/** A new pod that is not ready for this long holds the waves: the next nodes keep what they have. */
export const HOLD_MS = 10 * 60_000
const LOOK_AGAIN_MS = 5_000

const DONE: WaveStep = { wave: undefined, deletes: [], held: undefined, lookAgainMs: undefined }

/** The waves one after the other, nodes that match none last: each begins when all pods of the one before were ready long enough. Pure. */
export function waveStep({ waves, nodes, pods, nowMs }: WaveInputs): WaveStep {
  if (pods.every(({ isUpdated }) => isUpdated)) return DONE
  const all = [...waves, { nodeSelector: {}, pauseSeconds: 0 }]
  const indexOf = ({ nodeName }: WavePod) => all.findIndex(({ nodeSelector }) => matches(nodes.get(nodeName) ?? {}, nodeSelector))
  for (const [index, { pauseSeconds }] of all.entries()) {
    const step = stepOf(
      pods.filter((pod) => indexOf(pod) === index),
      pauseSeconds * 1000,
      nowMs,
    )
    if (step) return { ...DONE, lookAgainMs: LOOK_AGAIN_MS, ...step, wave: `${index + 1}/${all.length}` }
  }
  return DONE
}

/** @returns undefined when the wave is through. */
function stepOf(pods: readonly WavePod[], pauseMs: number, nowMs: number): Partial<WaveStep> | undefined {
  const fresh = pods.filter(({ isUpdated }) => isUpdated)
  const failing = fresh.find(({ isReady, sinceMs }) => !isReady && nowMs - sinceMs > HOLD_MS)
  if (failing) {
    const minutes = HOLD_MS / 60_000
    return { held: `the new pod ${failing.name} on node ${failing.nodeName} has not been ready for ${minutes} minutes` }
  }
  const old = pods.filter(({ isUpdated }) => !isUpdated)
  if (old.length > 0) return { deletes: old.map(({ name }) => name) }
  const isThrough = fresh.every(({ isReady, sinceMs }) => isReady && nowMs - sinceMs >= pauseMs)
  return isThrough ? undefined : {}
}

function matches(labels: StringRecord, selector: StringRecord): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value)
}
