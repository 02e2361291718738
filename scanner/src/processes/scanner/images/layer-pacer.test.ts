import { DEFAULT_SCAN_CONFIG } from '@guardimesh/contracts/http/scan-config'
import { MIB_BYTES } from '@guardimesh/contracts/units'
import { expect, test } from 'vitest'
import { LayerPacer } from './layer-pacer.js'

const never = new AbortController().signal
const budgets = { ...DEFAULT_SCAN_CONFIG.budgets, imageLayerBytesPerSecond: MIB_BYTES }
const aPacer = (isBusy: () => boolean) => new LayerPacer({ scanConfig: () => ({ ...DEFAULT_SCAN_CONFIG, budgets }), isBusy })

test('admits one file at a time', async () => {
  const pacer = aPacer(() => false)
  const first = await pacer.admit(1, never)
  const order: string[] = []
  const second = pacer.admit(1, never).then(() => order.push('second'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  order.push('first ends')
  first[Symbol.dispose]()
  await second
  expect(order).toEqual(['first ends', 'second'])
})

test('waits for files of containers, but not for ever', async () => {
  let isBusy = true
  const pacer = aPacer(() => isBusy)
  const startedAtMs = performance.now()
  const slot = await pacer.admit(1, never)
  expect(performance.now() - startedAtMs).toBeGreaterThan(200)
  slot[Symbol.dispose]()
  isBusy = false
  ;(await pacer.admit(1, never))[Symbol.dispose]()
})

test('limits the bytes per second', async () => {
  const pacer = aPacer(() => false)
  ;(await pacer.admit(1.25 * MIB_BYTES, never))[Symbol.dispose]()
  const startedAtMs = performance.now()
  ;(await pacer.admit(1, never))[Symbol.dispose]()
  expect(performance.now() - startedAtMs).toBeGreaterThan(150)
})
