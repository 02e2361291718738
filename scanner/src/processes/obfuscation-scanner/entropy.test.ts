import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detectPackedCode } from './detect-packed-code.js'
import { entropyBits, WINDOW_BYTES, windowEntropy } from './entropy.js'
import { executableCode } from './executable-code.js'

describe('entropy', () => {
  test.each([
    { name: 'empty content', bytes: Buffer.alloc(0), expected: 0 },
    { name: 'one value', bytes: Buffer.alloc(1000, 7), expected: 0 },
    { name: 'two values', bytes: Buffer.from('abababab'), expected: 1 },
    { name: 'every value once', bytes: Buffer.from(Array.from({ length: 256 }, (_, n) => n)), expected: 8 },
  ])('is correct for $name', ({ bytes, expected }) => expect(entropyBits(bytes)).toBeCloseTo(expected))

  test('is between 0 and 8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        const bits = entropyBits(bytes)
        expect(bits).toBeGreaterThanOrEqual(0)
        expect(bits).toBeLessThanOrEqual(8)
      }),
    )
  })

  test('detects one random window in uniform content', () => {
    const bytes = Buffer.concat([Buffer.alloc(3 * WINDOW_BYTES), randomBytes(WINDOW_BYTES)])
    const { maxBits, shareAbove } = windowEntropy(bytes, 7.5)
    expect(maxBits).toBeGreaterThan(7.9)
    expect(shareAbove).toBe(0.25)
  })
})

/** Builds a 64-bit ELF file as packers do: no sections, one executable segment. */
function packedElf(code: Buffer): Buffer {
  const header = Buffer.alloc(64 + 56)
  header.write('\x7fELF\x02\x01\x01', 0, 'latin1')
  header.writeUInt16LE(2, 0x10)
  header.writeUInt16LE(62, 0x12)
  header.writeBigUInt64LE(64n, 0x20)
  header.writeUInt16LE(56, 0x36)
  header.writeUInt16LE(1, 0x38)
  header.writeUInt32LE(1, 64)
  header.writeUInt32LE(5, 68)
  header.writeBigUInt64LE(BigInt(header.length), 72)
  header.writeBigUInt64LE(BigInt(code.length), 96)
  return Buffer.concat([header, code])
}

describe('packed code', () => {
  test('detects a program with compressed code', () => {
    expect(detectPackedCode(packedElf(randomBytes(300_000)))).toMatchObject({ rule: 'Entropy_Packed_Executable', severity: 'medium' })
  })

  test.each([
    { name: 'a compressed archive', content: gzipSync(randomBytes(300_000)) },
    { name: 'a program with plain code', content: packedElf(Buffer.alloc(300_000, 'mov eax, ebx; ')) },
    {
      name: 'a program with one random table in it',
      content: packedElf(Buffer.concat([Buffer.alloc(500_000, 'code'), randomBytes(70_000)])),
    },
    { name: 'the running Node.js', content: readFileSync(process.execPath) },
  ])('does not detect $name', ({ content }) => expect(detectPackedCode(content)).toBeUndefined())
})

describe('code of executables', () => {
  test('extracts code and imports of a real program', () => {
    const code = executableCode(readFileSync('/bin/ls'))
    expect(code?.parts.length).toBeGreaterThan(0)
    expect(code?.importCount).toBeGreaterThan(20)
  })

  test('handles invalid headers', () => {
    const seeds = [
      readFileSync('/bin/ls').subarray(0, 4096),
      packedElf(Buffer.alloc(64)),
      Buffer.from(`MZ${'\0'.repeat(58)}\x40\0\0\0PE\0\0`),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 30 }), (seed, edits) => {
        const content = Buffer.from(seed)
        for (const [at, value] of edits) content[at % content.length] = value
        const code = executableCode(content)
        for (const part of code?.parts ?? []) expect(part.length).toBeLessThanOrEqual(content.length)
      }),
      { numRuns: 500 },
    )
  })
})
