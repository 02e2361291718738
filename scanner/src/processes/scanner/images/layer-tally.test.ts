import { IMAGE_LAYER_LIMITS, ImageLayerResult } from '@guardimesh/contracts/http/image-layers'
import { expect, test } from 'vitest'
import type { FindingFacts } from '../results/finding-facts.js'
import { LayerTally } from './layer-tally.js'

const aFinding = (path: Buffer): FindingFacts => ({
  signatureName: 'Test',
  path,
  scanSource: 'image_layer',
  sha256: Buffer.alloc(32, 1),
  sizeBytes: 10,
  layer: 'image:x',
  ownerUid: 0,
  ownerGid: 0,
  mode: 0o100644,
  modifiedAtMs: 1.5,
  changedAtMs: 2,
  engine: 'clamav',
  engineVersion: '1',
  severity: 'high',
  description: 'x'.repeat(5000),
  detectedAtMs: 3,
})
const skipped = (path: string) => ({ reason: 'too_large' as const, path: Buffer.from(path), count: 1, sizeBytes: 5, detail: 'limit' })

test('counts findings and unscanned files that it does not list, within the limits of a result', () => {
  const tally = new LayerTally()
  const count = IMAGE_LAYER_LIMITS.findings + 7
  for (let n = 0; n < count; n++)
    tally.addFile({ findings: [aFinding(Buffer.alloc(4096, 0xff))], isCached: false, bytesScanned: 10, gaps: [skipped(`/${n}`)] }, 10)
  tally.addFile({ findings: [], gaps: [], isCached: true, bytesScanned: 0 }, 10)
  const result = tally.result()
  expect(ImageLayerResult.safeParse(result).success).toBe(true)
  expect(result).toMatchObject({ filesScanned: 1, filesNotScanned: count, findingCount: count, bytesScanned: (count + 1) * 10 })
  expect(result.findings).toHaveLength(IMAGE_LAYER_LIMITS.findings)
  const unlisted = result.notScanned.filter(({ path }) => path === '')
  expect(unlisted.map((entry) => entry.count)).toEqual([count - IMAGE_LAYER_LIMITS.notScanned + 2, 7])
  expect(JSON.stringify(result).length).toBeLessThan(2 * 1024 * 1024)
})
