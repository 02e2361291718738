import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FindingPage, SignaturesView } from '@guardimesh/contracts'
import { runChecked } from '@guardimesh/kit'
import { isAlive } from '@guardimesh/testbed/process-identity.js'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ComponentName } from '../../dev/src/stack/context.js'
import { readFacts } from '../../dev/src/stack/facts.js'
import { readState } from '../../dev/src/supervision/state-file.js'
import { waitFor } from '../src/wait-for.js'
import { launchBrowser, openConsole } from './browser.js'
import { startTestStack, type TestStack } from './harness.js'

/** Includes five seconds of stable size, verification, loading, and the node's next report. */
const LOADED_TIMEOUT_MS = 100_000
let stack: TestStack
let browser: Browser

beforeAll(async () => {
  stack = await startTestStack()
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await stack?.stop()
})

/** Runs the command that `make up` prints, for another file in the demo container. */
async function infect(fileName: string): Promise<string> {
  const facts = await readFacts(stack.env.folders.factsFile)
  const argv = facts?.runtime.infectCommand?.map((word) => word.replaceAll('eicar.com', fileName)) ?? []
  await runChecked(argv[0] ?? '', argv.slice(1))
  return `/tmp/${fileName}`
}

async function findingsAt(path: string) {
  const { items } = await stack.api.get('/api/findings?limit=100', FindingPage)
  return items.filter((finding) => finding.path === path)
}

test('the printed command creates a finding on the open page without a reload', async () => {
  const page = await openConsole(browser, stack.url, stack.adminEmail, stack.adminPassword)
  await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }))
  const path = await infect('invoice.com')
  await page.getByText(path).first().waitFor()
  expect(await page.evaluate(() => 'isSameDocument' in globalThis)).toBe(true)
  const [finding] = await findingsAt(path)
  expect(finding).toMatchObject({ namespace: 'demo', podName: 'demo-shop', scanSource: 'realtime' })
})

test('the signature server publishes a database in its import folder, and this machine loads it', async () => {
  const { incoming } = stack.env.facts.signatureServer ?? { incoming: '' }
  await writeFile(join(incoming, 'site.ndb'), `Site.Test.Marker:0:*:${Buffer.from('guardimesh test marker').toString('hex')}\n`)
  await waitFor(async () => {
    const { server, nodes, canChange } = await stack.api.get('/api/signatures', SignaturesView)
    const live = server?.generations.find(({ isActive }) => isActive)
    expect(live?.databases.map(({ path }) => path)).toContain('clamav/site.ndb')
    expect(nodes).toEqual([{ generation: live?.generation, nodes: 1 }])
    expect(canChange).toBe(true)
  }, LOADED_TIMEOUT_MS)
})

test.each<ComponentName>([
  'scanner',
  'inspector',
  'clamd',
  'obfuscation-scanner',
  'puller',
  'signature-server',
  'worker',
  'api',
  'postgres',
  'runtime',
])('after kill -9 of %s it comes back and the next finding arrives, once', async (name) => {
  const { supervisor } = stack.env
  const restarts = supervisor.restartsOf(name)
  expect(supervisor.signal(name, 'SIGKILL')).toBe(true)
  await waitFor(() => expect(supervisor.restartsOf(name)).toBe(restarts + 1))
  await waitFor(() => expect(supervisor.identityOf(name)).toBeDefined())
  const path = await waitFor(() => infect(`after-${name}.com`), 20_000)
  await waitFor(async () => expect(await findingsAt(path)).toHaveLength(1), 60_000)
})

test('stop ends all recorded processes and keeps only the data', async () => {
  const recorded = (await readState(stack.env.folders.stateFile))?.parts ?? []
  expect(recorded.map(({ name }) => name)).toContain('runtime')
  await stack.env.stop()
  expect(recorded.filter(({ identity }) => isAlive(identity))).toEqual([])
  expect(await readFile('/proc/self/mountinfo', 'utf8')).not.toContain(stack.env.folders.root)
  await expect(readState(stack.env.folders.stateFile)).resolves.toBeUndefined()
})
