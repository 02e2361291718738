import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FileEvent } from '../node/fanotify-event.js'
import { FileEventDebouncer, type SettledEvent } from './file-event-debouncer.js'
import type { ProcessFacts } from './found-file.js'

const stat = { linkCount: 1 } as FileEvent['stat']
let closed = 0
function anEvent(path: string, kind: FileEvent['kind'] = 'written', inode = BigInt(path.charCodeAt(1))): FileEvent {
  const identity = { device: 1n, inode, changedAtNs: 1n, sizeBytes: 1n }
  const close = () => {
    closed += 1
  }
  return { kind, fd: -1, device: 1n, mountId: 7, pid: 42, path: Buffer.from(path), identity, stat, close, [Symbol.dispose]: close }
}

describe('FileEventDebouncer', () => {
  beforeEach(() => {
    closed = 0
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  })
  afterEach(() => vi.useRealTimers())

  function aDebouncer(maxWaiting = 100) {
    const settled: SettledEvent<string>[] = []
    const emittedAtMs: number[] = []
    const startMs = performance.now()
    let processReads = 0
    const debouncer = new FileEventDebouncer<string>({
      onSettled: (event) => {
        settled.push(event)
        emittedAtMs.push(Math.round(performance.now() - startMs))
      },
      readProcess: (pid) => {
        processReads += 1
        return { pid } as ProcessFacts
      },
      maxWaiting,
    })
    const push = (...events: FileEvent[]) => {
      for (const event of events) debouncer.push(event, `origin of ${event.path}`)
    }
    return { debouncer, push, settled, emittedAtMs, processReads: () => processReads }
  }

  test('combines events of one file, and emits the last descriptor', () => {
    const { push, settled } = aDebouncer()
    const last = anEvent('/a')
    push(anEvent('/a'), anEvent('/a', 'executed'), anEvent('/b'))
    vi.advanceTimersByTime(8)
    push(last)
    vi.advanceTimersByTime(25)
    expect(settled.map(({ event, written, executed }) => [event.path.toString(), written, executed])).toEqual([
      ['/b', true, false],
      ['/a', true, true],
    ])
    expect(settled[1]?.event).toBe(last)
    expect(settled.map(({ origin }) => origin)).toEqual(['origin of /b', 'origin of /a'])
    expect(closed).toBe(2)
  })

  test('emits consecutive files with the same name separately', () => {
    const { push, settled } = aDebouncer()
    push(anEvent('/a', 'written', 1n), anEvent('/a', 'written', 2n))
    vi.advanceTimersByTime(25)
    expect(settled.map(({ event }) => event.identity.inode)).toEqual([1n, 2n])
  })

  test('emits a file with continuous events', () => {
    const { push, settled } = aDebouncer()
    for (let ms = 0; ms < 260; ms += 5) {
      push(anEvent('/log'))
      vi.advanceTimersByTime(5)
    }
    expect(settled).toHaveLength(1)
  })

  test('emits a continuously written file immediately, then down to once per second, and its last write', () => {
    const { push, settled, emittedAtMs } = aDebouncer()
    let last: FileEvent | undefined
    for (let ms = 0; ms < 10_000; ms += 100) {
      last = anEvent('/log')
      push(last)
      vi.advanceTimersByTime(100)
    }
    vi.advanceTimersByTime(2000)
    expect(emittedAtMs[0]).toBeLessThan(20)
    const pausesMs = emittedAtMs.map((atMs, index) => atMs - (emittedAtMs[index - 1] ?? 0)).slice(6)
    expect(Math.min(...pausesMs)).toBeGreaterThan(900)
    expect(Math.max(...pausesMs)).toBeLessThan(1150)
    expect(settled.at(-1)?.event).toBe(last)
    expect(closed).toBe(100 - settled.length)
  })

  test('emits a write immediately after an idle period', () => {
    const { push, emittedAtMs } = aDebouncer()
    for (let ms = 0; ms < 5000; ms += 50) {
      push(anEvent('/log'))
      vi.advanceTimersByTime(50)
    }
    vi.advanceTimersByTime(3000)
    push(anEvent('/log'))
    vi.advanceTimersByTime(50)
    expect(emittedAtMs.at(-1)).toBeLessThan(8030)
  })

  test('emits an execution without a pause', () => {
    const { push, settled } = aDebouncer()
    for (let ms = 0; ms < 5000; ms += 50) {
      push(anEvent('/program'))
      vi.advanceTimersByTime(50)
    }
    vi.advanceTimersByTime(400)
    const before = settled.length
    push(anEvent('/program', 'executed'))
    vi.advanceTimersByTime(20)
    expect(settled).toHaveLength(before + 1)
  })

  test('emits the oldest files early when too many are pending', () => {
    const { push, settled } = aDebouncer(2)
    push(anEvent('/a'), anEvent('/b'), anEvent('/c'), anEvent('/d'))
    expect(settled.map(({ event }) => event.path.toString())).toEqual(['/a', '/b'])
  })

  test('reads a process that writes many files once per interval, and again after an execution', () => {
    const { push, processReads } = aDebouncer()
    push(anEvent('/a'), anEvent('/b'), anEvent('/c'))
    expect(processReads()).toBe(1)
    push(anEvent('/d', 'executed'), anEvent('/e'))
    expect(processReads()).toBe(3)
    vi.advanceTimersByTime(300)
    push(anEvent('/f'))
    expect(processReads()).toBe(4)
  })

  test('closes pending events when it is disposed', () => {
    const { debouncer, push, settled } = aDebouncer()
    push(anEvent('/a'), anEvent('/b'))
    debouncer[Symbol.dispose]()
    vi.advanceTimersByTime(1000)
    expect(settled).toEqual([])
    expect(closed).toBe(2)
  })
})
