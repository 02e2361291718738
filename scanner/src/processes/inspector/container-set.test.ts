import { expect, test } from 'vitest'
import { ContainerSet } from './container-set.js'

const aContainer = (containerId: string, pid = 1) => ({ containerId, pid })

/** Takes what is there to take, without waiting for more. */
async function taken(watch: AsyncGenerator<unknown>, count: number): Promise<unknown[]> {
  const changes: unknown[] = []
  for (let i = 0; i < count; i++) changes.push((await watch.next()).value)
  return changes
}

test('a watch begins with what runs, then says synced once, then tells changes', async () => {
  const set = new ContainerSet()
  set.add(aContainer('a'))
  const watch = set.watch(new AbortController().signal)
  expect(await taken(watch, 1)).toEqual([{ started: aContainer('a') }])
  const waiting = taken(watch, 1)
  set.markSynced()
  expect(await waiting).toEqual([{ synced: true }])
  set.add(aContainer('b'))
  set.markSynced()
  set.remove('a')
  expect(await taken(watch, 2)).toEqual([{ started: aContainer('b') }, { stoppedContainerId: 'a' }])
})

test('a slow watcher gets the newest change of each container only', async () => {
  const set = new ContainerSet()
  set.markSynced()
  const watch = set.watch(new AbortController().signal)
  expect(await taken(watch, 1)).toEqual([{ synced: true }])
  for (let pid = 1; pid <= 1000; pid++) set.add(aContainer('a', pid))
  set.add(aContainer('b'))
  set.remove('b')
  expect(await taken(watch, 2)).toEqual([{ started: aContainer('a', 1000) }, { stoppedContainerId: 'b' }])
})

test('the end of an unknown container is no change', async () => {
  const set = new ContainerSet()
  set.markSynced()
  set.remove('never-there')
  const stop = new AbortController()
  const watch = set.watch(stop.signal)
  expect(await taken(watch, 1)).toEqual([{ synced: true }])
  const waiting = watch.next()
  stop.abort()
  expect(await waiting).toEqual({ done: true, value: undefined })
})

test.each([
  { name: 'the whole id, also where it begins another one', prefix: 'ab', found: 'ab' },
  { name: 'a beginning', prefix: 'c', found: 'cd' },
])('find: $name', ({ prefix, found }) => {
  const set = new ContainerSet()
  for (const id of ['ab', 'abc', 'cd']) set.add(aContainer(id))
  expect(set.find(prefix).containerId).toBe(found)
})

test.each([
  { name: 'several', prefix: 'a', code: 'CONTAINER_AMBIGUOUS' },
  { name: 'none', prefix: 'x', code: 'CONTAINER_NOT_FOUND' },
  { name: 'nothing asked', prefix: '', code: 'CONTAINER_NOT_FOUND' },
])('find: $name is refused', ({ prefix, code }) => {
  const set = new ContainerSet()
  for (const id of ['ab', 'abc', 'cd']) set.add(aContainer(id))
  expect(() => set.find(prefix)).toThrowError(expect.objectContaining({ code }))
})
