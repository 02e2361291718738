import { expect, test } from 'vitest'
import { ContainerSet } from './container-set.js'

const aContainer = (containerId: string, pid = 1) => ({ containerId, pid })

/** Reads this many changes. */
async function readChanges(watch: AsyncGenerator<unknown>, count: number): Promise<unknown[]> {
  const changes: unknown[] = []
  for (let i = 0; i < count; i++) changes.push((await watch.next()).value)
  return changes
}

test('yields the running containers, then synced once, then changes', async () => {
  const set = new ContainerSet()
  set.add(aContainer('a'))
  const watch = set.watch(new AbortController().signal)
  expect(await readChanges(watch, 1)).toEqual([{ started: aContainer('a') }])
  const waiting = readChanges(watch, 1)
  set.markSynced()
  expect(await waiting).toEqual([{ synced: true }])
  set.add(aContainer('b'))
  set.markSynced()
  set.remove('a')
  expect(await readChanges(watch, 2)).toEqual([{ started: aContainer('b') }, { stoppedContainerId: 'a' }])
})

test('yields only the newest change of each container to a slow subscriber', async () => {
  const set = new ContainerSet()
  set.markSynced()
  const watch = set.watch(new AbortController().signal)
  expect(await readChanges(watch, 1)).toEqual([{ synced: true }])
  for (let pid = 1; pid <= 1000; pid++) set.add(aContainer('a', pid))
  set.add(aContainer('b'))
  set.remove('b')
  // Without its start, the subscriber would never learn of the container.
  const ended = { stoppedContainerId: 'b', endedUnseen: aContainer('b') }
  expect(await readChanges(watch, 2)).toEqual([{ started: aContainer('a', 1000) }, ended])
})

test('yields a container that ended before it was added, unless it is known', async () => {
  const set = new ContainerSet()
  set.markSynced()
  set.add(aContainer('known'))
  set.ignore('infrastructure')
  const watch = set.watch(new AbortController().signal)
  expect(await readChanges(watch, 2)).toEqual([{ started: aContainer('known') }, { synced: true }])
  for (const id of ['known', 'infrastructure', 'short', 'short']) set.reportEnded(aContainer(id))
  set.add(aContainer('next'))
  expect(await readChanges(watch, 2)).toEqual([{ endedUnseen: aContainer('short') }, { started: aContainer('next') }])
})

test('yields no change for the end of an unknown container', async () => {
  const set = new ContainerSet()
  set.markSynced()
  set.remove('never-there')
  const stop = new AbortController()
  const watch = set.watch(stop.signal)
  expect(await readChanges(watch, 1)).toEqual([{ synced: true }])
  const waiting = watch.next()
  stop.abort()
  expect(await waiting).toEqual({ done: true, value: undefined })
})

test.each([
  { name: 'an exact id that is also a prefix of another one', prefix: 'ab', found: 'ab' },
  { name: 'a prefix', prefix: 'c', found: 'cd' },
])('finds a container by $name', ({ prefix, found }) => {
  const set = new ContainerSet()
  for (const id of ['ab', 'abc', 'cd']) set.add(aContainer(id))
  expect(set.find(prefix).containerId).toBe(found)
})

test.each([
  { name: 'an ambiguous prefix', prefix: 'a', code: 'CONTAINER_AMBIGUOUS' },
  { name: 'an unknown id', prefix: 'x', code: 'CONTAINER_NOT_FOUND' },
  { name: 'an empty id', prefix: '', code: 'CONTAINER_NOT_FOUND' },
])('rejects $name', ({ prefix, code }) => {
  const set = new ContainerSet()
  for (const id of ['ab', 'abc', 'cd']) set.add(aContainer(id))
  expect(() => set.find(prefix)).toThrowError(expect.objectContaining({ code }))
})
