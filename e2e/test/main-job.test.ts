import { hostname } from 'node:os'
import { eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openConsole } from './browser.js'
import { markDocument, readFacts, takeScreenshot } from './console-page.js'
import { perl, pidInContainer, sh, sha256InContainer, startProgram } from './container-files.js'
import { memoryOnlyProgram } from './malware-programs.js'
import { PERL_IMAGE } from './perl-image.js'
import { startWatchedContainerd, type WatchedContainerd } from './watched-containerd.js'
import { waitUntilWatched } from './watched-pods.js'

const APPEARS_TIMEOUT_MS = 60_000
const LOCATION = { Namespace: 'shop', Pod: 'web-7f9c', Container: 'web', Image: PERL_IMAGE, Node: hostname() }

let platform: WatchedContainerd
let browser: Browser
let page: Page
let pod: RunningPod
let isSameDocument: () => Promise<boolean>

beforeAll(async () => {
  platform = await startWatchedContainerd()
  const { stack, containerd } = platform
  ;[browser, pod] = await Promise.all([
    launchBrowser(),
    containerd.runPod({ name: LOCATION.Pod, namespace: LOCATION.Namespace, containerName: LOCATION.Container, image: PERL_IMAGE }),
  ])
  await waitUntilWatched(stack.api, LOCATION.Pod)
  page = await openConsole(browser, stack.url, stack.adminEmail, stack.adminPassword)
  await page.getByText('Live', { exact: true }).waitFor()
  isSameDocument = await markDocument(page)
})

afterAll(async () => {
  await browser?.close()
  await platform?.stop()
})

/** Runs an action in the container, waits for the row that it adds to the open page, and opens its details. */
async function follow<T>(expected: { path: string; source: string; screenshot: string }, act: () => Promise<T>) {
  const { path, source, screenshot } = expected
  const row = page.getByRole('row').filter({ hasText: path }).filter({ hasText: source })
  expect(await row.count()).toBe(0)
  const startedAtMs = performance.now()
  const [acted] = await Promise.all([act(), row.waitFor({ timeout: APPEARS_TIMEOUT_MS })])
  process.stdout.write(`${source} at ${path}: displayed ${Math.round(performance.now() - startedAtMs)} ms after the command was sent\n`)
  await takeScreenshot(page, `findings-${screenshot}`)
  await row.getByRole('link').click()
  await page.getByRole('heading', { name: 'Process' }).waitFor()
  const facts = await readFacts(page)
  await takeScreenshot(page, `finding-${screenshot}`)
  await page.locator('#main').getByRole('link', { name: 'All findings' }).click()
  await row.waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  expect(await isSameDocument()).toBe(true)
  return { facts, acted }
}

/** Asserts that the process ID on the page belongs to this process of the container. */
async function expectProcess(facts: Record<string, string>, containerPid: string): Promise<void> {
  expect(await pidInContainer(pod, Number(facts['Process ID']))).toBe(Number(containerPid))
}

test('shows EICAR written by a shell of the container without a reload and with all details', async () => {
  const path = '/tmp/invoice.com'
  // Keep the writing shell running, to compare its process ID.
  const write = () => sh(pod, `(${eicarShellCommand(path)}; sleep 600; true) > /dev/null 2>&1 & echo $!`)
  const { facts, acted: shellPid } = await follow({ path, source: 'On write', screenshot: 'eicar' }, write)
  expect(facts).toMatchObject(LOCATION)
  expect(facts.Path).toBe(path)
  expect(facts.Signature).toMatch(/eicar/i)
  expect(facts['Detection source']).toContain('On write')
  expect(facts['SHA-256']).toContain(await sha256InContainer(pod, path))
  expect(facts['Command line']).toContain(path)
  await expectProcess(facts, shellPid)
})

test('shows a program that runs from memory with its process', async () => {
  const { path, program } = memoryOnlyProgram(601)
  const { facts, acted: pid } = await follow({ path, source: 'In-memory program', screenshot: 'memfd' }, () => perl(pod, program))
  expect(facts).toMatchObject({ ...LOCATION, Signature: 'Guardimesh.Memfd.Executable', Layer: 'memory' })
  expect(facts.Path).toBe(path)
  expect(facts['Detection source']).toContain('In-memory program')
  expect(facts['SHA-256']).toContain(await sha256InContainer(pod, '/bin/busybox'))
  expect(facts['Command line']).toContain('busybox sleep 601')
  await expectProcess(facts, pid)
})

test('shows a running program whose file was deleted with its process', async () => {
  const path = '/tmp/busybox-x'
  const run = () => startProgram(pod, `cp /bin/busybox ${path}; ${path} sleep 602`, path, `rm ${path}`)
  const { facts, acted: pid } = await follow({ path, source: 'Deleted binary', screenshot: 'deleted-binary' }, run)
  expect(facts).toMatchObject({ ...LOCATION, Signature: 'Guardimesh.Deleted.Executable' })
  expect(facts.Path).toBe(path)
  expect(facts['Detection source']).toContain('Deleted binary')
  expect(facts['SHA-256']).toContain(await sha256InContainer(pod, '/bin/busybox'))
  expect(facts['Command line']).toContain(`${path} sleep 602`)
  await expectProcess(facts, pid)
})

test('shows a program that is not in the image with its process', async () => {
  const path = '/tmp/busybox-drift'
  const run = () => startProgram(pod, `cp /bin/busybox ${path}; ${path} sleep 603`, path)
  const { facts, acted: pid } = await follow({ path, source: 'Executable drift', screenshot: 'drift' }, run)
  expect(facts).toMatchObject({ ...LOCATION, Signature: 'Guardimesh.Drift.NewExecutable', Layer: 'upperdir' })
  expect(facts.Path).toBe(path)
  expect(facts['Detection source']).toContain('Executable drift')
  expect(facts['SHA-256']).toContain(await sha256InContainer(pod, path))
  expect(facts['Command line']).toContain(`${path} sleep 603`)
  expect(facts.Executable).toBe(path)
  await expectProcess(facts, pid)
})
