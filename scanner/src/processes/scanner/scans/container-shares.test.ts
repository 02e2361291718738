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
  expect([shares.countOf('a'), shares.countOf('b'), shares.countOf('c')]).toEqual([4, 1, 0])
  for (const name of ['a2', 'a1', 'a3', 'b1', 'a4']) {
    ends.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.all(runs)
  expect(started).toEqual(['a1', 'a2', 'b1', 'a3', 'a4'])
  expect(shares.countOf('a')).toBe(0)
})

test('releases the slot of a task that fails', async () => {
  const shares = new ContainerShares(() => 1)
  const failing = () => Promise.reject(new Error('no'))
  const outcomes = await Promise.allSettled([shares.run('a', failing), shares.run('a', failing), shares.run('a', async () => 'yes')])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})
