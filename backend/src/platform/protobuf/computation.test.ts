import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Computations } from './computation.js'

/** Longer than a slice. */
const STEP_MS = 6

test('runs one slice of all computations in each iteration of the event loop, in turn', async () => {
  let order = ''
  let isOver = false
  const countIterations = async () => {
    while (!isOver) {
      order += '|'
      await setImmediate()
    }
  }
  function* steps(name: string) {
    for (let step = 0; step < 3; step++) {
      const endsAtMs = performance.now() + STEP_MS
      while (performance.now() < endsAtMs);
      order += name
      yield
    }
    return name
  }
  const iterations = countIterations()
  const computations = new Computations()
  const run = async (name: string) => (await computations.start()).run(steps(name))
  expect(await Promise.all([run('a'), run('b'), run('c')])).toEqual(['a', 'b', 'c'])
  isOver = true
  await iterations
  expect(order).toMatch(/^\|a\|+b\|+c\|+a\|+b\|+c\|+a\|+b\|+c\|*$/)
})
