import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NodeSignaturesList, SightingList, type SignatureSettings, SignaturesView } from '@guardimesh/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { NAMESPACE, PLATFORM } from '../../../src/cluster/platform.js'
import { waitFor } from '../../../src/wait-for.js'
import { takePicture } from '../../console-page.js'
import { allFindings, findingAt } from '../../finding-queries.js'
import { APPEARS_TIMEOUT_MS, type Installation, NODES } from '../installation.js'
import { openSignatureCommands, type SignatureCommands } from '../signature-commands.js'

const LOADED_TIMEOUT_MS = 240_000
const TEST_TIMEOUT_MS = 600_000
const [CANARY_NODE, OTHER_NODE] = NODES
/** Long enough for the scan that follows a new generation, short enough for a test. */
const CANARY = { nodes: [CANARY_NODE], percent: 0, soakMinutes: 0.5, holdAfterDetections: 2 }
/** In two parts, so that its signature does not match this file. */
const LATE_MARKER = ['guardimesh-cluster-test-', 'late-4712'] as const

/** From removable media to the nodes: a bundle verified by its key, a bad signature on a canary node only, a late detection, a rollback. */
export function rollOut(get: () => Installation): void {
  let commands: SignatureCommands
  const view = () => get().access.api.get('/api/signatures', SignaturesView)
  const loadedBy = async () => {
    const { items } = await get().access.api.get('/api/signatures/nodes', NodeSignaturesList)
    return Object.fromEntries(items.map(({ nodeName, generation }) => [nodeName, generation]))
  }
  const activeGeneration = async () => (await view()).server?.activeGeneration ?? ''

  async function untilAllHave(generation: string): Promise<void> {
    await waitFor(
      async () => expect(await loadedBy()).toEqual(Object.fromEntries(NODES.map((node) => [node, generation]))),
      LOADED_TIMEOUT_MS,
    )
  }

  async function change(canary: SignatureSettings['canary'] | typeof CANARY): Promise<void> {
    const { settings } = (await view()).server ?? {}
    const response = await get().access.api.send('PUT', '/api/signatures/settings', { ...settings, canary })
    expect(response.status, await response.text()).toBe(200)
  }

  async function aFile(name: string, text: string): Promise<string> {
    const path = join(get().folder, name)
    await writeFile(path, text)
    return path
  }

  describe('rollout of signatures', () => {
    beforeAll(async () => {
      commands = await openSignatureCommands(get())
    })

    test(
      'a packed bundle is refused until its key is trusted, and then reaches every node',
      async () => {
        const { cluster, folder } = get()
        const [stick, databases] = [join(folder, 'stick'), join(folder, 'databases')]
        for (const path of [stick, databases]) await mkdir(path, { recursive: true })
        await writeFile(join(databases, 'desk.ndb'), `Desk.Test.Packed:0:*:${Buffer.from('packed-on-the-other-side').toString('hex')}\n`)
        const key = join(folder, 'desk')
        await commands.run('keygen', key)
        const packed = await commands.run('pack', databases, '--key', `${key}.key`, '--output', stick)
        const [bundle] = /\S*guardimesh-signatures-\S*\.tar\.zst/.exec(packed) ?? []
        if (bundle === undefined) throw new Error(`no bundle is named: ${packed}`)
        await commands.run('verify', bundle, '--key', `${key}.pub`)

        await expect(commands.atConsole('push', bundle)).rejects.toThrow(/trusted/)
        const trusted = { spec: { signatureServer: { trustedKeys: [await readFile(`${key}.pub`, 'utf8')] } } }
        await cluster.kubectl(['-n', NAMESPACE, 'patch', 'guardimeshplatform', PLATFORM, '--type=merge', '-p', JSON.stringify(trusted)])
        await waitFor(async () => expect((await view()).server?.trustedKeys).toHaveLength(1), LOADED_TIMEOUT_MS)
        await commands.atConsole('push', bundle)
        const [newest] = (await view()).server?.imports ?? []
        expect(newest).toMatchObject({ state: 'published', importedBy: expect.stringContaining('signature desk') })
        await untilAllHave(await activeGeneration())
      },
      TEST_TIMEOUT_MS,
    )

    test(
      'a signature that calls a common program infected is seen by the canary node only, and held',
      async () => {
        const { access, pods } = get()
        await change(CANARY)
        const before = await activeGeneration()
        for (const pod of pods) await pod.sh('mkdir -p /tmp/tools; for name in awk sed tar; do cp /bin/busybox /tmp/tools/$name; done')
        const sum = (await pods[0]?.sh('sha256sum /bin/busybox'))?.slice(0, 64)
        await waitFor(async () => {
          const { total } = await access.api.get(`/api/sightings?sha256=${sum}`, SightingList)
          expect(total).toBeGreaterThanOrEqual(3 * NODES.length)
        }, APPEARS_TIMEOUT_MS)

        await commands.atConsole('push', await aFile('poisoned.hsb', `${sum}:*:Test.Poisoned:73\n`))
        await waitFor(async () => expect((await view()).server?.rollOut?.state).toBe('held'), LOADED_TIMEOUT_MS)
        const { server } = await view()
        expect(server?.rollOut).toMatchObject({ nodes: [CANARY_NODE], reason: expect.stringContaining('Test.Poisoned') })
        expect(server?.activeGeneration).toBe(before)
        expect(await loadedBy()).toEqual({ [CANARY_NODE]: server?.rollOut?.generation, [OTHER_NODE]: before })
        const found = (await allFindings(access.api, {})).filter(({ signatureName }) => signatureName.startsWith('Test.Poisoned'))
        expect(new Set(found.map(({ nodeName }) => nodeName))).toEqual(new Set([CANARY_NODE]))
        expect(found.length).toBeGreaterThanOrEqual(CANARY.holdAfterDetections)
        await access.page.goto(`${access.url}/signatures`)
        await access.page.getByText('Test.Poisoned').first().waitFor()
        await takePicture(access.page, 'cluster-roll-out-held')

        await commands.atConsole('roll-out', 'discard')
        await untilAllHave(before)
      },
      TEST_TIMEOUT_MS,
    )

    test(
      'what only the new signatures know is found in what was clean before, and says since when it was there',
      async () => {
        const { access, pods } = get()
        const before = await activeGeneration()
        for (const pod of pods) await pod.sh(`printf '%s%s' ${LATE_MARKER.join(' ')} > /tmp/late-${pod.nodeName}`)
        const sum = (await pods[0]?.sh(`sha256sum /tmp/late-${CANARY_NODE}`))?.slice(0, 64)
        await waitFor(async () => {
          const { items } = await access.api.get(`/api/sightings?sha256=${sum}`, SightingList)
          expect(items.map(({ cleanGeneration }) => cleanGeneration)).toEqual(NODES.map(() => before))
        }, APPEARS_TIMEOUT_MS)

        await commands.atConsole('push', await aFile('late.ndb', `Test.Late:0:*:${Buffer.from(LATE_MARKER.join('')).toString('hex')}\n`))
        const candidate = (await view()).server?.headGeneration ?? ''
        await waitFor(async () => expect((await loadedBy())[CANARY_NODE]).toBe(candidate), LOADED_TIMEOUT_MS)
        await waitFor(async () => expect(await activeGeneration()).toBe(candidate), LOADED_TIMEOUT_MS)
        await untilAllHave(candidate)
        for (const node of NODES) {
          const finding = await findingAt(access.api, `/tmp/late-${node}`, 'upperdir', LOADED_TIMEOUT_MS)
          expect(finding).toMatchObject({ trigger: 'signature_update', seen: { isLate: true, cleanGeneration: before } })
          expect(Date.parse(finding.seen?.firstSeenAt ?? '')).toBeLessThan(Date.parse(finding.detectedAt))
        }
      },
      TEST_TIMEOUT_MS,
    )

    test(
      'one command goes back to the generation before, on every node',
      async () => {
        const { access } = get()
        const live = await activeGeneration()
        await commands.atConsole('rollback')
        const back = await activeGeneration()
        expect(back).not.toBe(live)
        await untilAllHave(back)
        await access.page.goto(`${access.url}/signatures/nodes`)
        await access.page.getByText(back).first().waitFor()
        await takePicture(access.page, 'cluster-signature-nodes')
        await change({ ...CANARY, nodes: [] })
      },
      TEST_TIMEOUT_MS,
    )
  })
}
