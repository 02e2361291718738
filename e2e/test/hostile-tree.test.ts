import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CoverageReasonName } from '@guardimesh/contracts'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { HOSTILE_NAMES } from '@guardimesh/testbed/hostile-names.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../src/wait-for.js'
import { launchBrowser, openConsole } from './browser.js'
import { takeScreenshot } from './console-page.js'
import { perl, sh } from './container-files.js'
import { listCoverage, waitForCoverageEntry } from './coverage-queries.js'
import { listFindings, listFindingsAt, waitForFinding } from './finding-queries.js'
import { PERL_IMAGE } from './perl-image.js'
import { scanNow, waitUntilScannerIsIdle } from './scanner-commands.js'
import { startWatchedContainerd, type WatchedContainerd } from './watched-containerd.js'
import { waitUntilWatched } from './watched-pods.js'

const POD = { name: 'hostile', namespace: 'shop', image: PERL_IMAGE }
const IDLE_TIMEOUT_MS = 60_000
const MALWARE = [
  ...HOSTILE_NAMES.map(({ name, shown }) => ({ name, shown: `/tmp/names/${shown}` })),
  { name: '300 folders', shown: `/tmp/deep${'/d'.repeat(300)}/x` },
]

let platform: WatchedContainerd
let browser: Browser
let pod: RunningPod
/** Folder on this machine, outside all containers. */
let outside: string

beforeAll(async () => {
  outside = await temporaryFolder('e2e-out')
  await chmod(outside, 0o700)
  // A scanner that follows a link out of the container would detect this file.
  await writeFile(join(outside, 'bait'), eicarBytes(), { mode: 0o600 })
  ;[platform, browser] = await Promise.all([startWatchedContainerd(), launchBrowser()])
  pod = await platform.containerd.runPod(POD)
  await waitUntilWatched(platform.stack.api, POD.name)
})

afterAll(async () => {
  await browser?.close()
  await platform?.stop()
  await rm(outside, { recursive: true, force: true })
})

const api = () => platform.stack.api
/** Lists the hostile names in a folder as terms of perl, whose text would change some of them. */
const pathsIn = (folder: string) =>
  HOSTILE_NAMES.map(({ bytes }) => `'${folder}/' . pack('H*', '${Buffer.from(bytes, 'latin1').toString('hex')}')`).join(', ')
const waitUntilIdle = () => waitUntilScannerIsIdle(platform.stack, IDLE_TIMEOUT_MS)

describe('malware at a hostile path', () => {
  beforeAll(async () => {
    const folders = `mkdir '/tmp/names'; my $path = '/tmp/deep'; mkdir $path; for (1..300) { $path .= '/d'; mkdir $path or die "$!" }`
    const write = `my $eicar = <STDIN>; for my $file ("$path/x", ${pathsIn('/tmp/names')}) { open my $out, '>', $file or die "$file: $!"; print $out $eicar }`
    await perl(pod, `${folders} ${write}`, eicarBytes())
  })

  test.each(MALWARE)('is reported with its escaped path: $name', async ({ shown }) => {
    expect(await waitForFinding(api(), shown, 'realtime')).toMatchObject({ podName: POD.name, path: shown })
  })

  test('is displayed as text', async () => {
    const { url, adminEmail, adminPassword } = platform.stack
    const page = await openConsole(browser, url, adminEmail, adminPassword)
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    await page.goto(`${url}/findings?pod=${POD.name}`)
    for (const { shown } of MALWARE) await page.getByRole('row').getByText(shown, { exact: true }).waitFor()
    await takeScreenshot(page, 'findings-hostile-names')
    expect(dialogs).toEqual([])
    expect(await page.locator('img[src="x"]').count()).toBe(0)
  })
})

describe('a path that is not a regular file of the container', () => {
  const up = '../'.repeat(40)
  const links = (): Record<string, string> => ({
    shadow: '/etc/shadow',
    'shadow-up': `${up}etc/shadow`,
    bait: join(outside, 'bait'),
    'bait-up': `${up}${outside.slice(1)}/bait`,
    'bait-of-1': `/proc/1/root${outside}/bait`,
    folder: outside,
    'folder-up': `${up}${outside.slice(1)}`,
    loop: 'loop',
    nowhere: '/no/such/file',
  })
  const notRegular = () => [...Object.keys(links()).map((name) => `/tmp/links/${name}`), ...OTHERS, ...PIPES]
  const OTHERS = ['/tmp/others/fifo', '/tmp/others/socket', '/tmp/others/character', '/tmp/others/block']
  const PIPES = HOSTILE_NAMES.map(({ shown }) => `/tmp/pipes/${shown}`)

  test('is not followed or read, and is listed as not scanned', async () => {
    const makeLinks = Object.entries(links()).map(([name, target]) => `symlink '${target}', '/tmp/links/${name}' or die "$!";`)
    await perl(pod, `mkdir '/tmp/links'; ${makeLinks.join(' ')}`)
    await sh(pod, 'mkdir /tmp/others; cd /tmp/others; mkfifo fifo; mknod character c 1 3; mknod block b 7 0')
    // A Unix socket address consists of family and path.
    await perl(pod, `socket my $s, 1, 1, 0 or die "$!"; bind $s, pack('Sa*', 1, "/tmp/others/socket\\0") or die "$!"`)
    // 133 is mknod on x86-64, 010644 a pipe.
    await perl(pod, `mkdir '/tmp/pipes'; for my $pipe (${pathsIn('/tmp/pipes')}) { syscall(133, $pipe, 010644, 0) == 0 or die "$!" }`)
    const { filesNotScanned } = await scanNow(platform.stack, { podName: POD.name })
    expect(filesNotScanned).toBe(notRegular().length)
    for (const path of notRegular()) await waitForCoverageEntry(api(), POD.name, path, 'not_regular')
    await waitUntilIdle()
    expect((await listFindings(api(), { pod: POD.name })).filter(({ path }) => /links|others|pipes|bait/.test(path))).toEqual([])
  })

  test('is not followed while a folder and a link are swapped', async () => {
    // 316 is renameat2 on x86-64, 2 is RENAME_EXCHANGE, -100 is AT_FDCWD.
    const swap = `
      mkdir '/tmp/swap'; chdir '/tmp/swap'; mkdir 'a'; open my $f, '>', 'a/bait'; print $f 'harmless'; close $f; symlink '${outside}', 'b';
      my ($a, $b) = ('a', 'b'); syscall(316, -100, $a, -100, $b, 2) == 0 or die "$!";
      if (fork) { exit } open STDOUT, '>', '/dev/null'; open STDERR, '>', '/dev/null';
      syscall(316, -100, $a, -100, $b, 2) until -e 'stop';`
    await perl(pod, swap)
    for (let round = 0; round < 20; round++) await scanNow(platform.stack, { podName: POD.name, ignoreCache: true })
    await sh(pod, 'touch /tmp/swap/stop')
    await waitUntilIdle()
    expect((await listFindings(api(), { pod: POD.name })).filter(({ path }) => path.startsWith('/tmp/swap'))).toEqual([])
  })

  test('is listed on the coverage page with its reason', async () => {
    const { url, adminEmail, adminPassword } = platform.stack
    const page = await openConsole(browser, url, adminEmail, adminPassword)
    const rowOf = (path: string) => page.getByRole('row').filter({ has: page.getByText(path, { exact: true }) })
    // All together are more than one page.
    for (const folder of ['/tmp/links/', '/tmp/others/', '/tmp/pipes/']) {
      await page.goto(`${url}/coverage?pod=${POD.name}&search=${folder}`)
      const paths = notRegular().filter((path) => path.startsWith(folder))
      for (const path of paths) await rowOf(path).filter({ hasText: 'Not a regular file' }).first().waitFor()
    }
    await takeScreenshot(page, 'coverage-hostile')
  })
})

const listCoverageOf = async (reason: CoverageReasonName, start: string) =>
  (await listCoverage(api(), POD.name)).filter((entry) => entry.reason === reason && entry.path.startsWith(start))

test('reports or lists malware below a path that exceeds the limit of the kernel', async () => {
  const descend = `for (1..300) { mkdir $name; chdir $name or die "$!" }`
  const write = `open my $file, '>', 'x' or die "$!"; print $file <STDIN>; close $file`
  await perl(pod, `my $name = 'a-folder-of-24-characters'; chdir '/tmp'; mkdir 'long'; chdir 'long'; ${descend} ${write}`, eicarBytes())
  await scanNow(platform.stack, { podName: POD.name })
  await waitUntilIdle()
  const found = (await listFindings(api(), { pod: POD.name })).filter(({ path }) => path.startsWith('/tmp/long/'))
  expect(found.length + (await listCoverageOf('unreadable', '/tmp/long/')).length).toBeGreaterThan(0)
  // Delete the tree now, because its path is too long for other programs.
  const ascend = `unlink 'x'; for (1..300) { chdir '..'; rmdir $name or die "$!" }`
  await perl(pod, `my $name = 'a-folder-of-24-characters'; chdir '/tmp/long'; for (1..300) { chdir $name or die } ${ascend}`)
})

test('lists files that vanish during a scan', async () => {
  const churn = `
    mkdir '/tmp/churn'; chdir '/tmp/churn'; if (fork) { exit } open STDOUT, '>', '/dev/null'; open STDERR, '>', '/dev/null';
    until (-e '/tmp/churned') { for (1..300) { open my $f, '>', $_; print $f $_ } unlink 1..300 }`
  await perl(pod, churn)
  await waitFor(async () => {
    await scanNow(platform.stack, { podName: POD.name })
    expect(await listCoverageOf('vanished', '/tmp/churn/')).not.toEqual([])
  }, 60_000)
  await sh(pod, 'touch /tmp/churned')
  await waitUntilIdle()
})

test('keeps the scanner working without a restart', async () => {
  await perl(pod, `open my $file, '>', '/tmp/last'; print $file <STDIN>`, eicarBytes())
  // The short-lived files may have overflowed the event queue. In that case the compensating scan may detect this file first.
  const sources = async () => (await listFindingsAt(api(), '/tmp/last')).map(({ scanSource }) => scanSource)
  await waitFor(async () => expect([['realtime'], ['upperdir']]).toContainEqual(await sources()), 60_000)
  expect(platform.stack.env.supervisor.restartsOf('scanner')).toBe(0)
})
