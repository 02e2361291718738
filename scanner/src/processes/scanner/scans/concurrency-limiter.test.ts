import { expect, test } from 'vitest'
import { WorkInParallel } from './concurrency-limiter.js'

test('no more goes on than allowed, and all of it ends', async () => {
  const work = new WorkInParallel(() => 3)
  let underWay = 0
  let most = 0
  let ended = 0
  for (let index = 0; index < 10; index++)
    await work.start(async () => {
      most = Math.max(most, ++underWay)
      await new Promise((resolve) => setTimeout(resolve, index % 3))
      underWay--
      ended++
    })
  await work.end()
  expect({ most, ended }).toEqual({ most: 3, ended: 10 })
})

test('the first failure is told when all has ended, also the work after it', async () => {
  const work = new WorkInParallel(() => 2)
  const ended: string[] = []
  await work.start(async () => {
    throw new Error('first')
  })
  await work.start(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    ended.push('second')
    throw new Error('second')
  })
  await expect(work.end()).rejects.toThrow('first')
  expect(ended).toEqual(['second'])
})
