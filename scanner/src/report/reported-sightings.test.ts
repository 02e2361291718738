import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ReportedSightings } from './reported-sightings.js'

const DAY = 20_000
const CONTENT = `${'0123456789abcdef'.repeat(4)}:68:s`
const OTHER = `${'fedcba9876543210'.repeat(4)}:68:s`

function aClaim() {
  const sightings = new ReportedSightings(8)
  const seeds = sightings.seedsOf('c1')
  return ({ container = seeds, path = '/a', content = CONTENT, day = DAY, generation = 1 } = {}) => {
    const isDue = sightings.isDue(container, Buffer.from(path), content, day, generation)
    if (isDue) sightings.markReported()
    return isDue
  }
}

test('reports a sighting once per day, and again when a different generation declares it clean', () => {
  const claim = aClaim()
  expect([claim(), claim()]).toEqual([true, false])
  expect([claim({ day: DAY + 1 }), claim({ day: DAY + 1 })]).toEqual([true, false])
  expect([claim({ day: DAY + 1, generation: 2 }), claim({ day: DAY + 1, generation: 2 })]).toEqual([true, false])
})

test('reports a sighting again when it becomes clean, but not when it is no longer clean', () => {
  const claim = aClaim()
  expect([claim(), claim({ generation: 0 }), claim()]).toEqual([true, false, false])
  expect([claim({ path: '/b', generation: 0 }), claim({ path: '/b' }), claim({ path: '/b' })]).toEqual([true, true, false])
})

test('keeps a sighting due that was not marked as reported', () => {
  const sightings = new ReportedSightings(8)
  const isDue = () => sightings.isDue(sightings.seedsOf('c1'), Buffer.from('/a'), CONTENT, DAY, 1)
  expect([isDue(), isDue()]).toEqual([true, true])
})

test('distinguishes container, path and content', () => {
  const claim = aClaim()
  const container = new ReportedSightings().seedsOf('c2')
  expect([claim(), claim({ path: '/b' }), claim({ content: OTHER }), claim({ container }), claim({ path: '' })]).toEqual(
    Array(5).fill(true),
  )
})

test('distinguishes any sightings that differ', () => {
  const sighting = fc.record({ path: fc.string({ maxLength: 40 }), content: fc.stringMatching(/^[0-9a-f]{64}$/) })
  fc.assert(
    fc.property(fc.uniqueArray(sighting, { selector: ({ path, content }) => `${path} ${content}`, maxLength: 200 }), (all) => {
      const claim = aClaim()
      expect(all.map((one) => claim(one))).toEqual(all.map(() => true))
      expect(all.map((one) => claim(one))).toEqual(all.map(() => false))
    }),
    { numRuns: 20 },
  )
})

test('reports as many sightings as there are cached verdicts once, and needs no more memory for many more', () => {
  const sightings = new ReportedSightings()
  const container = sightings.seedsOf('c1')
  const reportAll = (count: number) => {
    let reported = 0
    for (let n = 0; n < count; n++) {
      if (!sightings.isDue(container, Buffer.from(`/srv/data/${n}`), CONTENT, DAY, 1)) continue
      sightings.markReported()
      reported++
    }
    return reported
  }
  expect(reportAll(100_000)).toBe(100_000)
  expect(reportAll(100_000)).toBeLessThan(20)
  const heapBefore = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  reportAll(1_000_000)
  expect(process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers - heapBefore).toBeLessThan(100_000_000)
})
