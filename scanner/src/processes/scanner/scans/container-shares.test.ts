import { expect, test } from 'vitest'
import { ContainerShares } from './container-shares.js'

test('runs two tasks of a container at a time, in order, without delaying another container', async () => {
  const shares = new ContainerShares(() => 2)
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const task = (name: string) => () => {
    started.push(name)
    return new Promise<void>((resolve) => ends.set(name, resolve))
  }
  const runs = ['a1', 'a2', 'a3', 'a4', 'b1'].map((name) => shares.run(name.slice(0, 1), task(name)))
  expect(started).toEqual(['a1', 'a2', 'b1'])
  expect(shares.total).toBe(5)
  for (const name of ['a2', 'a1', 'a3', 'b1', 'a4']) {
    ends.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.all(runs)
  expect(started).toEqual(['a1', 'a2', 'b1', 'a3', 'a4'])
  expect(shares.total).toBe(0)
})

test('releases the slot of a task that fails', async () => {
  const shares = new ContainerShares(() => 1)
  const failing = () => Promise.reject(new Error('no'))
  const outcomes = await Promise.allSettled([shares.run('a', failing), shares.run('a', failing), shares.run('a', async () => 'yes')])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})

test('a container gets twice as many places as it leaves free, so that floods of many never use up all', async () => {
  const shares = new ContainerShares(() => 2)
  const end = Promise.withResolvers<void>()
  const running: Promise<void>[] = []
  const flood = (name: string) => {
    let count = 0
    for (; shares.hasPlace(name, 300); count++) running.push(shares.run(name, () => end.promise))
    return count
  }
  expect([flood('a'), flood('b'), flood('c')]).toEqual([200, 67, 22])
  for (let index = 0; index < 40; index++) expect(flood(`other-${index}`)).toBeGreaterThan(0)
  expect(shares.total).toBeLessThanOrEqual(340)
  expect(shares.hasPlace('a', 300)).toBe(false)
  end.resolve()
  await Promise.all(running)
  expect(shares.total).toBe(0)
  expect(shares.hasPlace('a', 300)).toBe(true)
})
