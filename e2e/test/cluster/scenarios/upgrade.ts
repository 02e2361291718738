import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ImageTable } from '@guardimesh/contracts'
import { runChecked } from '@guardimesh/kit'
import { beforeAll, describe, expect, test } from 'vitest'
import { type BundleFiles, findPreviousBundleFiles, loadIntoNodes } from '../../../src/cluster/bundle.js'
import { openClusterApi } from '../../../src/cluster/cluster-api.js'
import { installPlatform, NAMESPACE, PLATFORM, readPlatform, waitUntilReady } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { listFindings, listFindingsAt } from '../../finding-queries.js'
import { openClusterConsole } from '../console-access.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'
import { writeEicar } from '../malware.js'

/** Stands in for the version of the next release, which these sources do not have yet. */
const NEXT_VERSION = '99.0.0'
const SCANNER_STATE = '/var/lib/guardimesh/scanner'
const RESOURCE = `guardimeshplatform/${PLATFORM}`
const CRD_FILES = ['guardimeshplatforms', 'guardimeshscanners'].map((name) => `guardimesh.io_${name}.yaml`)
const UPGRADE_TIMEOUT_MS = 600_000

/** Installs an earlier release from its own bundle, and upgrades it with the current bundle by the steps of docs/guides/upgrade.md. */
export function upgrade(get: () => Installation): void {
  const kubectl = (...args: string[]) => get().cluster.kubectl(['-n', NAMESPACE, ...args])
  const writeOnAllNodes = async (path: string) => {
    for (const pod of get().pods) await writeEicar(pod, path)
  }
  const untilFoundOnAllNodes = (api: Installation['access']['api'], path: string) =>
    waitFor(async () => {
      const nodes = (await listFindingsAt(api, path)).map(({ nodeName }) => nodeName)
      expect(nodes.sort()).toEqual(NODES)
    }, APPEARS_TIMEOUT_MS)

  describe('upgrade', () => {
    let previous: BundleFiles
    let before: string[] = []
    let folder = ''

    beforeAll(async () => {
      const { cluster } = get()
      previous = await findPreviousBundleFiles()
      await kubectl('delete', 'pvc', '--all')
      for (const node of NODES) await cluster.onNode(node, ['rm', '-rf', SCANNER_STATE])
    })

    test('starts from an earlier release with findings', async () => {
      const { cluster } = get()
      await loadIntoNodes(cluster, NODES, previous)
      await installPlatform(cluster, previous)
      const access = await openClusterApi(cluster)
      await writeOnAllNodes('/tmp/before-upgrade.com')
      await untilFoundOnAllNodes(access.api, '/tmp/before-upgrade.com')
      before = (await listFindings(access.api, {})).map(({ findingId }) => findingId)
      await access.close()
    })

    test(
      'becomes ready with the new version',
      async () => {
        const { cluster, bundle } = get()
        await loadIntoNodes(cluster, NODES, bundle)
        folder = join(get().folder, 'next')
        await cluster.runInside([
          ...[bundle.cliFile, 'bundle', 'extract', bundle.bundleFile, '--public-key', bundle.publicKeyFile, '--output', folder],
        ])
        const chart = await packageNextChart(get(), join(folder, 'chart'))
        await cluster.helm(['upgrade', PLATFORM, chart, '-n', NAMESPACE, '--set', 'operator.replicas=2', '--timeout', '5m'])
        await writeOnAllNodes('/tmp/during-upgrade.com')
        await kubectl('wait', RESOURCE, `--for=jsonpath={.status.version}=${NEXT_VERSION}`, '--timeout=10m')
        await kubectl('wait', RESOURCE, '--for=condition=Ready', '--timeout=10m')
        expect((await readPlatform(cluster)).status.version).toBe(NEXT_VERSION)
        const scanner = JSON.parse(await kubectl('get', `guardimeshscanner/${PLATFORM}`, '-o', 'json'))
        expect(scanner.status).toMatchObject({ version: NEXT_VERSION, nodesReady: NODES.length, nodesUpdated: NODES.length })
        await waitUntilReady(cluster)
      },
      UPGRADE_TIMEOUT_MS,
    )

    test('leaves nothing of the old version behind', async () => {
      const { cluster } = get()
      const table = ImageTable.parse(JSON.parse(await readFile(join(folder, 'chart/guardimesh/files/images.json'), 'utf8')))
      const current = Object.values(table.images).map(({ digest }) => digest)
      await waitFor(async () => {
        const images = await kubectl('get', 'pods', '-o', 'jsonpath={.items[*].spec.containers[*].image}')
        expect(images.split(' ').filter((image) => !current.some((digest) => image.endsWith(digest)))).toEqual([])
      }, APPEARS_TIMEOUT_MS)
      const jobs = await kubectl('get', 'jobs', '-o', 'name')
      expect(jobs.trim().split('\n')).toHaveLength(1)
      for (const file of CRD_FILES) {
        // Fails if the cluster's definition differs from the chart's.
        const options = ['--server-side', '--force-conflicts', '--field-manager=guardimesh-operator']
        await cluster.kubectl(['diff', ...options, '-f', join(folder, 'chart/guardimesh/crds', file)])
      }
      for (const node of NODES) {
        const names = (await cluster.onNode(node, ['ls', SCANNER_STATE])).split('\n')
        expect(names.filter((name) => name.endsWith('-findings.bin'))).toEqual(['reported-findings.bin'])
        expect(names).not.toContain('refused')
      }
    })

    test('keeps the findings, repeats none, and detects during and after the upgrade', async () => {
      const installation = get()
      installation.access = await openClusterConsole(installation.cluster, installation.browser)
      const { api } = installation.access
      await untilFoundOnAllNodes(api, '/tmp/during-upgrade.com')
      await writeOnAllNodes('/tmp/after-upgrade.com')
      await untilFoundOnAllNodes(api, '/tmp/after-upgrade.com')
      const after = new Set((await listFindings(api, {})).map(({ findingId }) => findingId))
      expect(before.filter((findingId) => !after.has(findingId))).toEqual([])
      await untilFoundOnAllNodes(api, '/tmp/before-upgrade.com')
    })
  })
}

/** Unpacks the chart of the bundle and packages it with the version of the next release. */
async function packageNextChart({ cluster }: Installation, folder: string): Promise<string> {
  const chartFile = (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? ''
  await runChecked('tar', ['-xzf', join(folder, chartFile), '-C', folder])
  const tableFile = join(folder, 'guardimesh/files/images.json')
  const table = ImageTable.parse(JSON.parse(await readFile(tableFile, 'utf8')))
  await writeFile(tableFile, JSON.stringify({ ...table, version: NEXT_VERSION }))
  const versions = ['--version', NEXT_VERSION, '--app-version', NEXT_VERSION]
  await cluster.helm(['package', join(folder, 'guardimesh'), ...versions, '--destination', folder])
  return join(folder, `guardimesh-${NEXT_VERSION}.tgz`)
}
