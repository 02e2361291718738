import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ImageTable } from '@guardimesh/contracts'
import { runChecked } from '@guardimesh/kit'
import { describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM, readPlatform, waitUntilReady } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { listFindings } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation } from '../installation.js'
import { writeEicar } from '../malware.js'

const NEXT_VERSION = '99.0.0'
const UPGRADE_TIMEOUT_MS = 240_000

/** Upgrades from the installed chart to the next version. */
export function upgrade(get: () => Installation): void {
  describe('upgrade', () => {
    test('keeps the data and continues detection through helm upgrade', async () => {
      const { cluster, access, pods } = get()
      const before = (await listFindings(access.api, {})).map(({ findingId }) => findingId)
      expect(before.length).toBeGreaterThan(5)
      const chart = await packageNextChart(get())
      await cluster.helm(['upgrade', PLATFORM, chart, '-n', NAMESPACE, '--set', 'operator.replicas=2', '--timeout', '5m'])
      await waitFor(async () => expect((await readPlatform(cluster)).status.version).toBe(NEXT_VERSION), UPGRADE_TIMEOUT_MS)
      await waitUntilReady(cluster)
      const after = new Set((await listFindings(access.api, {})).map(({ findingId }) => findingId))
      expect(before.filter((findingId) => !after.has(findingId))).toEqual([])
      for (const pod of pods) await writeEicar(pod, '/tmp/after-upgrade.com')
      await waitFor(async () => {
        const nodes = (await listFindings(access.api, {}))
          .filter(({ path }) => path === '/tmp/after-upgrade.com')
          .map(({ nodeName }) => nodeName)
        expect(nodes.sort()).toEqual(pods.map(({ nodeName }) => nodeName))
      }, APPEARS_TIMEOUT_MS)
    })
  })
}

/** Packages the chart with the same images and the next version, so that all workloads are rolled out again. */
async function packageNextChart({ folder, bundle, cluster }: Installation): Promise<string> {
  await runChecked('tar', ['-xzf', bundle.chartFile, '-C', folder])
  const tableFile = join(folder, 'guardimesh/files/images.json')
  const table = ImageTable.parse(JSON.parse(await readFile(tableFile, 'utf8')))
  await writeFile(tableFile, JSON.stringify({ ...table, version: NEXT_VERSION }))
  const versions = ['--version', NEXT_VERSION, '--app-version', NEXT_VERSION]
  await cluster.helm(['package', join(folder, 'guardimesh'), ...versions, '--destination', folder])
  return join(folder, `guardimesh-${NEXT_VERSION}.tgz`)
}
