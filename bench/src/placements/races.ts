import { sleep } from '@guardimesh/kit'
import { SLEEP_FOREVER } from '@guardimesh/testbed/demo-image.js'
import type { RunningContainer } from '@guardimesh/testbed/pod.js'
import { encodeAsWhiteSpace } from '../white-space.js'
import { judge } from './outcome.js'
import type { Gap, Trace } from './placement.js'
import type { ResultLog } from './result-log.js'
import { CLEAN_IMAGE, type Stage } from './stage.js'

export const RACE_TRIES = 50
const CONCURRENCY = 3
const SETTLE_MS = 20_000
const PATH = '/race.com'
const FIRST_NUMBER = 10_000

export interface Race {
  readonly name: string
  readonly detected: number
  readonly reported: number
  readonly silent: number
  /** To find them in the logs of the node. */
  readonly silentContainers: readonly string[]
}

/** Runs each race many times, each time in a container of its own, and waits for the last results. */
export async function runRaces(stage: Stage, log: ResultLog): Promise<Race[]> {
  const pod = await stage.containerd.runPod({ name: 'races', namespace: 'demo', image: CLEAN_IMAGE })
  try {
    let number = FIRST_NUMBER
    const start = (script: string): Promise<RunningContainer> => {
      number += 1
      const write = `/bin/place write '${encodeAsWhiteSpace(number)}' ${PATH} > /dev/null`
      return pod.startContainer({ containerName: `race-${number}`, command: ['/bin/sh', '-c', script.replace('$W', write)] })
    }
    const traceOf = ({ containerId }: RunningContainer, gap: Gap): Trace => ({ containerId, atMs: Date.now(), path: PATH, gaps: [gap] })
    const ended = await repeat(async () => traceOf(await start('$W'), { reason: 'ended_before_scan' }))
    const containers: RunningContainer[] = []
    const removed = await repeat(async () => {
      const container = await start(`$W; rm ${PATH}; exec ${SLEEP_FOREVER.join(' ')}`)
      containers.push(container)
      return traceOf(container, { reason: 'not_watched_at_start' })
    })
    const inMemory = await repeat(async () => runInMemory(containers.pop() as RunningContainer))
    await sleep(SETTLE_MS)
    return [
      count('container writes and ends at once', ended, log),
      count('container writes and removes at its start', removed, log),
      count('memfd program that runs for 5 ms', inMemory, log),
    ]
  } finally {
    await pod.remove()
  }
}

async function runInMemory(container: RunningContainer): Promise<Trace> {
  const atMs = Date.now()
  await container.exec(['/bin/execute', 'memory', 'race', '/bin/execute', 'sleep', '0.005'])
  const { containerId } = container
  return { containerId, atMs, path: '/memfd:race', signature: /Memfd/, gaps: [{ reason: 'executable_memory', isNew: true }] }
}

async function repeat(attempt: () => Promise<Trace>): Promise<Trace[]> {
  const traces: Trace[] = []
  let started = 0
  const work = async () => {
    while (started < RACE_TRIES) {
      started += 1
      traces.push(await attempt())
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, work))
  return traces
}

function count(name: string, traces: readonly Trace[], log: ResultLog): Race {
  const kinds = traces.map((trace) => judge({}, trace, log).kind)
  const of = (kind: 'detected' | 'reported') => kinds.filter((one) => one === kind).length
  const silentContainers = traces.filter((_, index) => kinds[index] === 'missed').map(({ containerId }) => containerId)
  return { name, detected: of('detected'), reported: of('reported'), silent: silentContainers.length, silentContainers }
}
