import { setImmediate } from 'node:timers/promises'
import { KIB_BYTES, PROTOBUF_MEDIA_TYPE } from '@guardimesh/contracts'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { ProtobufIntake } from './protobuf-intake.js'

const requestOf = (sizeBytes: number) => ({ body: Buffer.alloc(sizeBytes), headers: { 'content-type': PROTOBUF_MEDIA_TYPE } })

function* decode() {
  yield
  return { ok: true as const, value: 'decoded' }
}

test('computes two large bodies at a time, while small ones pass', async () => {
  const intake = new ProtobufIntake(new Registry())
  const held = Promise.withResolvers<void>()
  let encoding = 0
  const encodeHeld = async (value: string) => {
    encoding++
    await held.promise
    encoding--
    return value
  }
  const store = async (rows: string) => rows
  const large = Array.from({ length: 6 }, () => intake.process(requestOf(65 * KIB_BYTES), { decode, encode: encodeHeld, store }))
  const small = intake.process(requestOf(64 * KIB_BYTES), { decode, encode: async (value) => value, store })
  expect(await small).toBe('decoded')
  for (let iteration = 0; iteration < 50; iteration++) await setImmediate()
  expect(encoding).toBe(2)
  held.resolve()
  expect(await Promise.all(large)).toEqual(Array(6).fill('decoded'))
})

test('gives the place of a rejected body to the next one', async () => {
  const intake = new ProtobufIntake(new Registry())
  const fail = () => Promise.reject(new Error('rejected'))
  const store = async (rows: string) => rows
  const rejected = Array.from({ length: 4 }, () => intake.process(requestOf(65 * KIB_BYTES), { decode, encode: fail, store }))
  expect((await Promise.allSettled(rejected)).map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
  expect(await intake.process(requestOf(65 * KIB_BYTES), { decode, encode: async (value) => value, store })).toBe('decoded')
})
