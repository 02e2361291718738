import { expect, test } from 'vitest'
import { FrameReader, frameOf } from './framing.js'

const stream = Buffer.concat(['', 'a', 'hello', 'x'.repeat(300)].flatMap((text) => frameOf(Buffer.from(text))))

test.each([1, 2, 3, 4, 5, 7, 64, 1000])('reassembles frames from chunks of %i bytes', (chunkBytes) => {
  const reader = new FrameReader(1000)
  const frames: string[] = []
  for (let at = 0; at < stream.length; at += chunkBytes)
    for (const f of reader.push(stream.subarray(at, at + chunkBytes))) frames.push(f.toString())
  expect(frames).toEqual(['', 'a', 'hello', 'x'.repeat(300)])
})

test('rejects a frame that is too large by its header', () => {
  expect(() => new FrameReader(10).push(Buffer.from([11, 0, 0, 0]))).toThrow(/maximum is 10 bytes/)
})
