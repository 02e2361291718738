import { writeFile } from 'node:fs/promises'
import { type ContainerInfoMessage, SECOND_MS } from '@guardimesh/contracts'
import { sleep } from '@guardimesh/kit'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import type { ResultLog } from '../placements/result-log.js'
import { pathInContainer } from '../platform.js'
import { encodeAsWhiteSpace } from '../white-space.js'

const INTERVAL_MS = 3 * SECOND_MS
const POLL_MS = 10
/** A file that is not detected by then counts as detected at this time, which exceeds every bar. */
const GIVE_UP_MS = 60 * SECOND_MS

/** A quiet container in which malware appears every three seconds. */
export class Victim {
  readonly #container: ContainerInfoMessage
  readonly #log: ResultLog
  #written = 0

  constructor(container: ContainerInfoMessage, log: ResultLog) {
    this.#container = container
    this.#log = log
  }

  /** Writes malware until the signal is aborted, at least once. @returns the seconds from each write to the arrival of its finding. */
  async measureUntil(signal: AbortSignal): Promise<number[]> {
    const measured: Promise<number>[] = []
    do {
      measured.push(this.#measureOne())
      await sleep(INTERVAL_MS, signal)
    } while (!signal.aborted)
    return Promise.all(measured)
  }

  async #measureOne(): Promise<number> {
    this.#written += 1
    const path = `/tmp/sample-${this.#written}`
    // A number of its own, so that no verdict is cached.
    await writeFile(pathInContainer(this.#container, path), Buffer.concat([eicarBytes(), Buffer.from(encodeAsWhiteSpace(this.#written))]))
    const writtenAtMs = Date.now()
    const { containerId } = this.#container
    for (; Date.now() < writtenAtMs + GIVE_UP_MS; await sleep(POLL_MS)) {
      const finding = this.#log.findings.find((one) => one.containerId === containerId && one.path === path)
      if (finding) return Math.max(0, finding.arrivedAtMs - writtenAtMs) / SECOND_MS
    }
    return GIVE_UP_MS / SECOND_MS
  }
}
