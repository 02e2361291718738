import { expect, test } from 'vitest'
import { metricsOf } from './gen-metrics.js'

test('finds the metrics of a source file, with type, help and labels', () => {
  const source = `
    const a = new Counter({ name: 'guardimesh_pulls_total', help: 'Pulls by outcome', labelNames: ['outcome'], registers })
    addGauge({ name: 'guardimesh_queue', help: 'Queued rows' }, () => 3)
    const other = { name: 'daily.cvd', help: 'not a metric' }`
  expect(metricsOf(source, 'a.ts')).toEqual([
    { name: 'guardimesh_pulls_total', kind: 'counter', help: 'Pulls by outcome', labels: ['outcome'] },
    { name: 'guardimesh_queue', kind: 'gauge', help: 'Queued rows', labels: [] },
  ])
})

test.each([
  { name: 'help that is not a literal', source: "new Counter({ name: 'guardimesh_x_total', help: text })" },
  { name: 'labels that are not literals', source: "new Counter({ name: 'guardimesh_x_total', help: 'x', labelNames: names })" },
  { name: 'a computed name', source: 'new Gauge({ name: nameOf("x"), help })' },
  { name: 'an unknown kind', source: "declare({ name: 'guardimesh_x_total', help: 'x' })" },
])('rejects $name', ({ source }) => expect(() => metricsOf(source, 'a.ts')).toThrow(/^a\.ts: /))
