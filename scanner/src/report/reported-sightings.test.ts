import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ReportedSightings } from './reported-sightings.js'

const DAY = 20_000
const CONTENT = `${'0123456789abcdef'.repeat(4)}:68:s`
const OTHER = `${'fedcba9876543210'.repeat(4)}:68:s`

function aClaim() {
  const places = new ReportedSightings(8)
  const seeds = places.seedsOf('c1')
  return ({ container = seeds, path = '/a', content = CONTENT, day = DAY, generation = 1 } = {}) => {
    const isDue = places.isDue(container, Buffer.from(path), content, day, generation)
    if (isDue) places.markTold()
    return isDue
  }
}

test('a place is told once a day, and again when another generation calls it clean', () => {
  const claim = aClaim()
  expect([claim(), claim()]).toEqual([true, false])
  expect([claim({ day: DAY + 1 }), claim({ day: DAY + 1 })]).toEqual([true, false])
  expect([claim({ day: DAY + 1, generation: 2 }), claim({ day: DAY + 1, generation: 2 })]).toEqual([true, false])
})

test('what is no longer clean is not told again for that, and what becomes clean is', () => {
  const claim = aClaim()
  expect([claim(), claim({ generation: 0 }), claim()]).toEqual([true, false, false])
  expect([claim({ path: '/b', generation: 0 }), claim({ path: '/b' }), claim({ path: '/b' })]).toEqual([true, true, false])
})

test('what was due and not told stays due', () => {
  const places = new ReportedSightings(8)
  const ask = () => places.isDue(places.seedsOf('c1'), Buffer.from('/a'), CONTENT, DAY, 1)
  expect([ask(), ask()]).toEqual([true, true])
})

test('another container, path or content is another place', () => {
  const claim = aClaim()
  const container = new ReportedSightings().seedsOf('c2')
  expect([claim(), claim({ path: '/b' }), claim({ content: OTHER }), claim({ container }), claim({ path: '' })]).toEqual(
    Array(5).fill(true),
  )
})

test('any places that differ are told apart', () => {
  const place = fc.record({ path: fc.string({ maxLength: 40 }), content: fc.stringMatching(/^[0-9a-f]{64}$/) })
  fc.assert(
    fc.property(fc.uniqueArray(place, { selector: ({ path, content }) => `${path} ${content}`, maxLength: 200 }), (all) => {
      const claim = aClaim()
      expect(all.map((one) => claim(one))).toEqual(all.map(() => true))
      expect(all.map((one) => claim(one))).toEqual(all.map(() => false))
    }),
    { numRuns: 20 },
  )
})

test('as many places as there are verdicts are told once; of very many some are told twice, and none takes more memory', () => {
  const places = new ReportedSightings()
  const container = places.seedsOf('c1')
  const tellAll = (count: number) => {
    let told = 0
    for (let n = 0; n < count; n++) {
      if (!places.isDue(container, Buffer.from(`/srv/data/${n}`), CONTENT, DAY, 1)) continue
      places.markTold()
      told++
    }
    return told
  }
  expect(tellAll(100_000)).toBe(100_000)
  expect(tellAll(100_000)).toBeLessThan(20)
  const heapBefore = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  tellAll(1_000_000)
  expect(process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers - heapBefore).toBeLessThan(100_000_000)
})
