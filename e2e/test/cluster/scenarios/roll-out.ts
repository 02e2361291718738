import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NodeSignaturesList, SightingList, type SignatureSettings, SignaturesView } from '@guardimesh/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { takeScreenshot } from '../../console-page.js'
import { listFindings, waitForFinding } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'
import { prepareSignatureCommands, type SignatureCommands } from '../signature-commands.js'

const LOADED_TIMEOUT_MS = 240_000
const TEST_TIMEOUT_MS = 600_000
const [CANARY_NODE, OTHER_NODE] = NODES
/** The observation period covers the scan that follows a new generation. */
const CANARY = { nodes: [CANARY_NODE], percent: 0, soakMinutes: 0.5, holdAfterDetections: 2 }
/** Split in two, so that the signature does not match this file. */
const LATE_MARKER = ['guardimesh-cluster-test-', 'late-4712'] as const

/** Covers a signed bundle, the held rollout of a signature with false positives, late detection and rollback. */
export function rollOut(get: () => Installation): void {
  let commands: SignatureCommands
  const readSignatures = () => get().access.api.get('/api/signatures', SignaturesView)
  const readLoadedGenerations = async () => {
    const { items } = await get().access.api.get('/api/signatures/nodes', NodeSignaturesList)
    return Object.fromEntries(items.map(({ nodeName, generation }) => [nodeName, generation]))
  }
  const readActiveGeneration = async () => (await readSignatures()).server?.activeGeneration ?? ''

  async function waitUntilAllNodesLoad(generation: string): Promise<void> {
    await waitFor(
      async () => expect(await readLoadedGenerations()).toEqual(Object.fromEntries(NODES.map((node) => [node, generation]))),
      LOADED_TIMEOUT_MS,
    )
  }

  async function changeCanarySettings(canary: SignatureSettings['canary'] | typeof CANARY): Promise<void> {
    const { settings } = (await readSignatures()).server ?? {}
    const response = await get().access.api.send('PUT', '/api/signatures/settings', { ...settings, canary })
    expect(response.status, await response.text()).toBe(200)
  }

  async function createFile(name: string, text: string): Promise<string> {
    const path = join(get().folder, name)
    await writeFile(path, text)
    return path
  }

  describe('signature rollout', () => {
    beforeAll(async () => {
      commands = await prepareSignatureCommands(get())
    })

    test(
      'rejects a packed bundle until its key is trusted, and then loads it on every node',
      async () => {
        const { cluster, folder } = get()
        const [media, databases] = [join(folder, 'media'), join(folder, 'databases')]
        for (const path of [media, databases]) await mkdir(path, { recursive: true })
        await writeFile(
          join(databases, 'desk.ndb'),
          `Desk.Test.Packed:0:*:${Buffer.from('packed-on-the-connected-side').toString('hex')}\n`,
        )
        const key = join(folder, 'desk')
        await commands.run('keygen', key)
        const packed = await commands.run('pack', databases, '--key', `${key}.key`, '--output', media)
        const [bundle] = /\S*guardimesh-signatures-\S*\.tar\.zst/.exec(packed) ?? []
        if (bundle === undefined) throw new Error(`the output names no bundle: ${packed}`)
        await commands.run('verify', bundle, '--key', `${key}.pub`)

        await expect(commands.runWithConsole('push', bundle)).rejects.toThrow(/trusted/)
        const trusted = { spec: { signatureServer: { trustedKeys: [await readFile(`${key}.pub`, 'utf8')] } } }
        await cluster.kubectl(['-n', NAMESPACE, 'patch', 'guardimeshplatform', PLATFORM, '--type=merge', '-p', JSON.stringify(trusted)])
        // As in the guide: Ready is False until the key is effective.
        const patchedAtMs = performance.now()
        await cluster.kubectl(['-n', NAMESPACE, 'wait', `guardimeshplatform/${PLATFORM}`, '--for=condition=Ready', '--timeout=2m'])
        process.stdout.write(`ready with the trusted key after ${((performance.now() - patchedAtMs) / 1000).toFixed(1)} s\n`)
        await commands.runWithConsole('push', bundle)
        const [newest] = (await readSignatures()).server?.imports ?? []
        expect(newest).toMatchObject({ state: 'published', importedBy: expect.stringContaining('signature desk') })
        await waitUntilAllNodesLoad(await readActiveGeneration())
      },
      TEST_TIMEOUT_MS,
    )

    test(
      'holds the rollout of a signature with false positives on the canary node',
      async () => {
        const { access, pods } = get()
        await changeCanarySettings(CANARY)
        const before = await readActiveGeneration()
        for (const pod of pods) await pod.sh('mkdir -p /tmp/tools; for name in awk sed tar; do cp /bin/busybox /tmp/tools/$name; done')
        const sum = (await pods[0]?.sh('sha256sum /bin/busybox'))?.slice(0, 64)
        await waitFor(async () => {
          const { total } = await access.api.get(`/api/sightings?sha256=${sum}`, SightingList)
          expect(total).toBeGreaterThanOrEqual(3 * NODES.length)
        }, APPEARS_TIMEOUT_MS)

        await commands.runWithConsole('push', await createFile('poisoned.hsb', `${sum}:*:Test.Poisoned:73\n`))
        await waitFor(async () => expect((await readSignatures()).server?.rollOut?.state).toBe('held'), LOADED_TIMEOUT_MS)
        const { server } = await readSignatures()
        expect(server?.rollOut).toMatchObject({ nodes: [CANARY_NODE], reason: expect.stringContaining('Test.Poisoned') })
        expect(server?.activeGeneration).toBe(before)
        expect(await readLoadedGenerations()).toEqual({ [CANARY_NODE]: server?.rollOut?.generation, [OTHER_NODE]: before })
        const found = (await listFindings(access.api, {})).filter(({ signatureName }) => signatureName.startsWith('Test.Poisoned'))
        expect(new Set(found.map(({ nodeName }) => nodeName))).toEqual(new Set([CANARY_NODE]))
        expect(found.length).toBeGreaterThanOrEqual(CANARY.holdAfterDetections)
        await access.page.goto(`${access.url}/signatures`)
        await access.page.getByText('Test.Poisoned').first().waitFor()
        await takeScreenshot(access.page, 'cluster-roll-out-held')

        await commands.runWithConsole('roll-out', 'discard')
        await waitUntilAllNodesLoad(before)
      },
      TEST_TIMEOUT_MS,
    )

    test(
      'reports earlier clean files as late detections with the time of their first sighting',
      async () => {
        const { access, pods } = get()
        const before = await readActiveGeneration()
        for (const pod of pods) await pod.sh(`printf '%s%s' ${LATE_MARKER.join(' ')} > /tmp/late-${pod.nodeName}`)
        const sum = (await pods[0]?.sh(`sha256sum /tmp/late-${CANARY_NODE}`))?.slice(0, 64)
        await waitFor(async () => {
          const { items } = await access.api.get(`/api/sightings?sha256=${sum}`, SightingList)
          expect(items.map(({ cleanGeneration }) => cleanGeneration)).toEqual(NODES.map(() => before))
        }, APPEARS_TIMEOUT_MS)

        await commands.runWithConsole(
          'push',
          await createFile('late.ndb', `Test.Late:0:*:${Buffer.from(LATE_MARKER.join('')).toString('hex')}\n`),
        )
        const candidate = (await readSignatures()).server?.headGeneration ?? ''
        await waitFor(async () => expect((await readLoadedGenerations())[CANARY_NODE]).toBe(candidate), LOADED_TIMEOUT_MS)
        await waitFor(async () => expect(await readActiveGeneration()).toBe(candidate), LOADED_TIMEOUT_MS)
        await waitUntilAllNodesLoad(candidate)
        for (const node of NODES) {
          const finding = await waitForFinding(access.api, `/tmp/late-${node}`, 'upperdir', LOADED_TIMEOUT_MS)
          expect(finding).toMatchObject({ trigger: 'signature_update', seen: { isLate: true, cleanGeneration: before } })
          expect(Date.parse(finding.seen?.firstSeenAt ?? '')).toBeLessThan(Date.parse(finding.detectedAt))
        }
      },
      TEST_TIMEOUT_MS,
    )

    test(
      'rolls back to the previous generation on every node',
      async () => {
        const { access } = get()
        const active = await readActiveGeneration()
        await commands.runWithConsole('rollback')
        const previous = await readActiveGeneration()
        expect(previous).not.toBe(active)
        await waitUntilAllNodesLoad(previous)
        await access.page.goto(`${access.url}/signatures/nodes`)
        await access.page.getByText(previous).first().waitFor()
        await takeScreenshot(access.page, 'cluster-signature-nodes')
        await changeCanarySettings({ ...CANARY, nodes: [] })
      },
      TEST_TIMEOUT_MS,
    )
  })
}
