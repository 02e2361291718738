import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAnswer, parseReply, ReplyReader } from './clamd-protocol.js'

describe('answers', () => {
  test.each([
    { text: 'fd[10]: OK', expected: { kind: 'ok' } },
    { text: 'stream: OK', expected: { kind: 'ok' } },
    { text: 'fd[10]: Win.Trojan.Agent-1 FOUND', expected: { kind: 'found', signatureName: 'Win.Trojan.Agent-1' } },
    { text: 'fd[9]: A.B(0123456789abcdef0123456789abcdef:68) FOUND', expected: { kind: 'found', signatureName: 'A.B' } },
    { text: 'fd[9]: FOUND FOUND', expected: { kind: 'found', signatureName: 'FOUND' } },
    { text: 'fd[9]: Can\u0001t allocate memory ERROR', expected: { kind: 'error', message: 'Can?t allocate memory' } },
    { text: 'INSTREAM size limit exceeded. ERROR', expected: { kind: 'error', message: 'INSTREAM size limit exceeded.' } },
    { text: 'UNKNOWN COMMAND', expected: { kind: 'error', message: 'UNKNOWN COMMAND' } },
    { text: '', expected: { kind: 'error', message: 'clamd failed without a reason' } },
    { text: 'fd[9]: NOT OK', expected: { kind: 'error', message: 'NOT OK' } },
  ])('"$text"', ({ text, expected }) => expect(parseAnswer(text)).toEqual(expected))

  test('rejects an answer without a number', () => {
    expect(() => parseReply('COMMAND READ TIMED OUT')).toThrow('COMMAND READ TIMED OUT')
  })

  test('rejects an endless answer', () => {
    const reader = new ReplyReader()
    expect(() => {
      for (let index = 0; index < 100; index++) reader.push(Buffer.alloc(1000, 'x'))
    }).toThrow('without an end')
  })
})

describe('arbitrary bytes and chunks', () => {
  const reply = fc.record({ id: fc.integer({ min: 1, max: 1e8 }), name: fc.constantFrom('OK', 'X.Y-1 FOUND', 'broken ERROR') })
  const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 })

  test('returns all answers once and in order, regardless of the chunks', () => {
    fc.assert(
      fc.property(fc.array(reply, { maxLength: 20 }), cuts, (replies, sizes) => {
        const bytes = Buffer.from(replies.map(({ id, name }) => `${id}: fd[3]: ${name}\0`).join(''))
        const reader = new ReplyReader()
        const read = []
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] as number
          read.push(...reader.push(bytes.subarray(at, at + size)))
          at += size
        }
        expect(read.map(({ id }) => id)).toEqual(replies.map(({ id }) => id))
        expect(read.map(({ answer }) => answer.kind)).toEqual(
          replies.map(({ name }) => (name === 'OK' ? 'ok' : name.endsWith('FOUND') ? 'found' : 'error')),
        )
      }),
    )
  })

  test('returns ok only for "OK"', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (parseAnswer(`fd[1]: ${text}`).kind === 'ok') expect(text).toMatch(/^(.*: )?OK$/s)
      }),
    )
  })

  test('returns answers or throws a GuardError for random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          for (const { id } of new ReplyReader().push(Buffer.from(bytes))) expect(id).toBeGreaterThanOrEqual(0)
        } catch (error) {
          expect(error).toMatchObject({ code: 'ENGINE_ERROR' })
        }
      }),
    )
  })
})
