import { expect, test } from 'vitest'
import { FrameReader, frameOf } from './framing.js'

const stream = Buffer.concat(['', 'a', 'hello', 'x'.repeat(300)].flatMap((text) => frameOf(Buffer.from(text))))

test.each([1, 2, 3, 4, 5, 7, 64, 1000])('frames come out whole from pieces of %i bytes', (pieceBytes) => {
  const reader = new FrameReader(1000)
  const frames: string[] = []
  for (let at = 0; at < stream.length; at += pieceBytes)
    for (const f of reader.push(stream.subarray(at, at + pieceBytes))) frames.push(f.toString())
  expect(frames).toEqual(['', 'a', 'hello', 'x'.repeat(300)])
})

test('a frame over the bound is refused by its header alone', () => {
  expect(() => new FrameReader(10).push(Buffer.from([11, 0, 0, 0]))).toThrow(/at most 10/)
})
