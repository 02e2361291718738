import { background, backgroundFailures, createLogger } from '@guardimesh/kit'
import { expect, test } from 'vitest'

test('counts failed background work without ending the process', async () => {
  background(createLogger('test', 'silent'), 'sweep', Promise.reject(new Error('lost')))
  background(createLogger('test', 'silent'), 'sweep', Promise.resolve())
  await expect.poll(() => backgroundFailures().get('sweep')).toBe(1)
})
