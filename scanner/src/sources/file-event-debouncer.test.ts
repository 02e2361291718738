import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { FileEvent } from '../node/fanotify-event.js'
import { FileEventDebouncer, type SettledEvent, withoutDeletedSuffix } from './file-event-debouncer.js'
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

  function aSettler(maxWaiting = 100) {
    const settled: SettledEvent<string>[] = []
    const givenAtMs: number[] = []
    const startMs = performance.now()
    let lookUps = 0
    const debouncer = new FileEventDebouncer<string>({
      onSettled: (event) => {
        settled.push(event)
        givenAtMs.push(Math.round(performance.now() - startMs))
      },
      readProcess: (pid) => {
        lookUps += 1
        return { pid } as ProcessFacts
      },
      maxWaiting,
    })
    const settler = {
      push: (events: readonly FileEvent[]) => {
        for (const event of events) debouncer.push(event, `origin of ${event.path}`)
      },
      [Symbol.dispose]: () => debouncer[Symbol.dispose](),
    }
    return { settler, settled, givenAtMs, lookUps: () => lookUps }
  }

  test('many closes of one file are one scan, of the last descriptor', () => {
    const { settler, settled } = aSettler()
    const last = anEvent('/a')
    settler.push([anEvent('/a'), anEvent('/a', 'executed'), anEvent('/b')])
    vi.advanceTimersByTime(8)
    settler.push([last])
    vi.advanceTimersByTime(25)
    expect(settled.map(({ event, written, executed }) => [event.path.toString(), written, executed])).toEqual([
      ['/b', true, false],
      ['/a', true, true],
    ])
    expect(settled[1]?.event).toBe(last)
    expect(settled.map(({ origin }) => origin)).toEqual(['origin of /b', 'origin of /a'])
    expect(closed).toBe(2)
  })

  test('two files that had the same name one after the other are two scans', () => {
    const { settler, settled } = aSettler()
    settler.push([anEvent('/a', 'written', 1n), anEvent('/a', 'written', 2n)])
    vi.advanceTimersByTime(25)
    expect(settled.map(({ event }) => event.identity.inode)).toEqual([1n, 2n])
  })

  test('a file that never rests is given all the same', () => {
    const { settler, settled } = aSettler()
    for (let ms = 0; ms < 260; ms += 5) {
      settler.push([anEvent('/log')])
      vi.advanceTimersByTime(5)
    }
    expect(settled).toHaveLength(1)
  })

  test('a file that is written again and again is given at once, then ever less often, down to once a second; its last write is given', () => {
    const { settler, settled, givenAtMs } = aSettler()
    let last: FileEvent | undefined
    for (let ms = 0; ms < 10_000; ms += 100) {
      last = anEvent('/log')
      settler.push([last])
      vi.advanceTimersByTime(100)
    }
    vi.advanceTimersByTime(2000)
    expect(givenAtMs[0]).toBeLessThan(20)
    const pausesMs = givenAtMs.map((atMs, index) => atMs - (givenAtMs[index - 1] ?? 0)).slice(6)
    expect(Math.min(...pausesMs)).toBeGreaterThan(900)
    expect(Math.max(...pausesMs)).toBeLessThan(1150)
    expect(settled.at(-1)?.event).toBe(last)
    expect(closed).toBe(100 - settled.length)
  })

  test('after a calm a write is given at once again', () => {
    const { settler, givenAtMs } = aSettler()
    for (let ms = 0; ms < 5000; ms += 50) {
      settler.push([anEvent('/log')])
      vi.advanceTimersByTime(50)
    }
    vi.advanceTimersByTime(3000)
    settler.push([anEvent('/log')])
    vi.advanceTimersByTime(50)
    expect(givenAtMs.at(-1)).toBeLessThan(8030)
  })

  test('the start of a program does not wait for the pause of its file', () => {
    const { settler, settled } = aSettler()
    for (let ms = 0; ms < 5000; ms += 50) {
      settler.push([anEvent('/program')])
      vi.advanceTimersByTime(50)
    }
    vi.advanceTimersByTime(400)
    const before = settled.length
    settler.push([anEvent('/program', 'executed')])
    vi.advanceTimersByTime(20)
    expect(settled).toHaveLength(before + 1)
  })

  test('when too many wait, those that came first are given early', () => {
    const { settler, settled } = aSettler(2)
    settler.push([anEvent('/a'), anEvent('/b'), anEvent('/c'), anEvent('/d')])
    expect(settled.map(({ event }) => event.path.toString())).toEqual(['/a', '/b'])
  })

  test('a process that writes many files is looked up once in a while, and again after it started a program', () => {
    const { settler, lookUps } = aSettler()
    settler.push([anEvent('/a'), anEvent('/b'), anEvent('/c')])
    expect(lookUps()).toBe(1)
    settler.push([anEvent('/d', 'executed'), anEvent('/e')])
    expect(lookUps()).toBe(3)
    vi.advanceTimersByTime(300)
    settler.push([anEvent('/f')])
    expect(lookUps()).toBe(4)
  })

  test('what waits is closed when it stops', () => {
    const { settler, settled } = aSettler()
    settler.push([anEvent('/a'), anEvent('/b')])
    settler[Symbol.dispose]()
    vi.advanceTimersByTime(1000)
    expect(settled).toEqual([])
    expect(closed).toBe(2)
  })
})

test.each([
  { name: 'there', linkCount: 1, path: '/a (deleted)', expected: '/a (deleted)' },
  { name: 'gone', linkCount: 0, path: '/a (deleted)', expected: '/a' },
])('the path of a file that is $name', ({ linkCount, path, expected }) =>
  expect(withoutDeletedSuffix(Buffer.from(path), { linkCount }).toString()).toBe(expected),
)
