import { expect, test } from 'vitest'
import { ConcurrencyLimiter } from './concurrency-limiter.js'

test('runs no more tasks at a time than allowed, and all of them', async () => {
  const limiter = new ConcurrencyLimiter(() => 3)
  let active = 0
  let maxActive = 0
  let ended = 0
  for (let index = 0; index < 10; index++)
    await limiter.start(async () => {
      maxActive = Math.max(maxActive, ++active)
      await new Promise((resolve) => setTimeout(resolve, index % 3))
      active--
      ended++
    })
  await limiter.finish()
  expect({ maxActive, ended }).toEqual({ maxActive: 3, ended: 10 })
})

test('throws the first failure only after all tasks have ended, including those started later', async () => {
  const limiter = new ConcurrencyLimiter(() => 2)
  const ended: string[] = []
  await limiter.start(async () => {
    throw new Error('first')
  })
  await limiter.start(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    ended.push('second')
    throw new Error('second')
  })
  await expect(limiter.finish()).rejects.toThrow('first')
  expect(ended).toEqual(['second'])
})
