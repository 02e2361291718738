import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FindingPage, SignaturesView } from '@guardimesh/contracts'
import type { ComponentName } from '@guardimesh/dev/stack/context.js'
import { readFacts } from '@guardimesh/dev/stack/facts.js'
import { readState } from '@guardimesh/dev/supervision/state-file.js'
import { runChecked } from '@guardimesh/kit'
import { isAlive } from '@guardimesh/testbed/process-identity.js'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitFor } from '../src/wait-for.js'
import { launchBrowser, openConsole } from './browser.js'
import { startTestStack, type TestStack } from './harness.js'

/** Includes the stability period of five seconds, verification, loading, and the next report of the node. */
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

/** Runs the infect command of `make up` with another file name. @returns the path in the demo container. */
async function infect(fileName: string): Promise<string> {
  const facts = await readFacts(stack.env.folders.factsFile)
  const argv = facts?.runtime.infectCommand?.map((word) => word.replaceAll('eicar.com', fileName)) ?? []
  await runChecked(argv[0] ?? '', argv.slice(1))
  return `/tmp/${fileName}`
}

async function listFindingsAt(path: string) {
  const { items } = await stack.api.get('/api/findings?limit=100', FindingPage)
  return items.filter((finding) => finding.path === path)
}

test('gives each scanner process a socket folder that no other user can enter', async () => {
  for (const name of ['inspector', 'obfuscation-scanner', 'puller', 'scanner'] as const) {
    const { mode, uid } = await stat(join(stack.env.folders.run, name))
    expect([name, mode & 0o777, uid]).toEqual([name, 0o700, process.getuid?.()])
    expect((await stat(join(stack.env.folders.run, name, `${name}.probe.sock`))).isSocket()).toBe(true)
  }
})

test('adds a finding to the open page without a reload after the printed infect command', async () => {
  const page = await openConsole(browser, stack.url, stack.adminEmail, stack.adminPassword)
  await page.evaluate(() => Object.assign(globalThis, { isSameDocument: true }))
  const path = await infect('invoice.com')
  await page.getByText(path).first().waitFor()
  expect(await page.evaluate(() => 'isSameDocument' in globalThis)).toBe(true)
  const [finding] = await listFindingsAt(path)
  expect(finding).toMatchObject({ namespace: 'demo', podName: 'demo-shop', scanSource: 'realtime' })
})

test('publishes a database from the incoming folder of the signature server and loads it on this node', async () => {
  const { incoming } = stack.env.facts.signatureServer ?? { incoming: '' }
  await writeFile(join(incoming, 'site.ndb'), `Site.Test.Marker:0:*:${Buffer.from('guardimesh test marker').toString('hex')}\n`)
  await waitFor(async () => {
    const { server, nodes, canChange } = await stack.api.get('/api/signatures', SignaturesView)
    const active = server?.generations.find(({ isActive }) => isActive)
    expect(active?.databases.map(({ path }) => path)).toContain('clamav/site.ndb')
    expect(nodes).toEqual([{ generation: active?.generation, nodes: 1 }])
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
])('restarts %s after kill -9 and reports the next finding exactly once', async (name) => {
  const { supervisor } = stack.env
  const restarts = supervisor.restartsOf(name)
  expect(supervisor.signal(name, 'SIGKILL')).toBe(true)
  await waitFor(() => expect(supervisor.restartsOf(name)).toBe(restarts + 1))
  await waitFor(() => expect(supervisor.identityOf(name)).toBeDefined())
  const path = await waitFor(() => infect(`after-${name}.com`), 20_000)
  await waitFor(async () => expect(await listFindingsAt(path)).toHaveLength(1), 60_000)
})

test('stops all recorded processes and keeps only the data', async () => {
  const recorded = (await readState(stack.env.folders.stateFile))?.parts ?? []
  expect(recorded.map(({ name }) => name)).toContain('runtime')
  await stack.env.stop()
  expect(recorded.filter(({ identity }) => isAlive(identity))).toEqual([])
  expect(await readFile('/proc/self/mountinfo', 'utf8')).not.toContain(stack.env.folders.root)
  await expect(readState(stack.env.folders.stateFile)).resolves.toBeUndefined()
})
