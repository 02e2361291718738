import { messageOf, sleep } from '@guardimesh/kit'
import { encodeAsWhiteSpace } from '../white-space.js'
import { judge, type Outcome } from './outcome.js'
import type { Placement, Trace } from './placement.js'
import type { ResultLog } from './result-log.js'
import type { Stage } from './stage.js'

const POLL_MS = 100

export interface PlacedRow {
  readonly placement: Placement
  readonly outcome: Outcome
}

export interface RunOptions {
  readonly stage: Stage
  readonly log: ResultLog
  /** How many work at the same time. */
  readonly concurrency: number
  /** Time until the last finding or coverage entry of a placement must have arrived. */
  readonly deadlineMs: number
  /** Number of the first placement, for content and folders that no other one has. */
  readonly firstNumber: number
}

export interface RunningPlacements {
  /** Resolves when all malware is placed. */
  readonly placed: Promise<void>
  /** Resolves when all results have arrived or are overdue. */
  readonly rows: Promise<PlacedRow[]>
}

/** Runs placements. The next one starts when the malware is placed, not when it is detected. */
export function startPlacements(placements: readonly Placement[], options: RunOptions): RunningPlacements {
  const rows: Promise<PlacedRow>[] = []
  const queue = placements.map((placement, index) => ({ placement, index }))
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { placement, index } = next
      const number = options.firstNumber + index
      const site = { stage: options.stage, folder: `/srv/${number}`, tail: encodeAsWhiteSpace(number) }
      const placed = await placement.run(site).catch(messageOf)
      rows[index] =
        typeof placed === 'string'
          ? Promise.resolve({ placement, outcome: { kind: 'failed', why: placed } })
          : waitForOutcome(placement, placed, options).then((outcome) => ({ placement, outcome }))
    }
  }
  const placed = Promise.all(Array.from({ length: options.concurrency }, work)).then(() => undefined)
  return { placed, rows: placed.then(() => Promise.all(rows)) }
}

/** A gap may be followed by a finding, so only a finding ends the wait early. */
async function waitForOutcome(placement: Placement, trace: Trace, { log, deadlineMs }: RunOptions): Promise<Outcome> {
  for (const untilMs = Date.now() + deadlineMs; Date.now() < untilMs; await sleep(POLL_MS)) {
    const outcome = judge(placement, trace, log)
    if (outcome.kind === 'detected' || outcome.kind === 'false-alarm') return outcome
  }
  return judge(placement, trace, log)
}
