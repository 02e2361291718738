import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CoverageReasonName } from '@guardimesh/contracts'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../src/wait-for.js'
import { launchBrowser, openConsole } from './browser.js'
import { takePicture } from './console-page.js'
import { perl, sh } from './container-files.js'
import { coverageOf, untilListed } from './coverage-queries.js'
import { allFindings, findingAt, findingsAt } from './finding-queries.js'
import { PERL_IMAGE } from './perl-image.js'
import { scanNow, untilScannerIsIdle } from './scanner-commands.js'
import { startWatchedContainerd, type WatchedContainerd } from './watched-containerd.js'
import { untilWatched } from './watched-pods.js'

const POD = { name: 'hostile', namespace: 'shop', image: PERL_IMAGE }
const IDLE_TIMEOUT_MS = 60_000
/** Names in perl's notation. */
const MALWARE = [
  { name: 'bytes that are not UTF-8', perlPath: '/tmp/\\xff\\xfe.bin', shown: '/tmp/\\xff\\xfe.bin' },
  { name: 'a line break and an escape sequence', perlPath: '/tmp/two\\nlines\\x1b[31m', shown: '/tmp/two\\x0alines\\x1b[31m' },
  { name: 'a backslash', perlPath: '/tmp/back\\\\slash', shown: '/tmp/back\\\\slash' },
  { name: 'the sign that turns text around', perlPath: '/tmp/gpj\\xe2\\x80\\xae.exe', shown: '/tmp/gpj\\xe2\\x80\\xae.exe' },
  { name: 'markup', perlPath: '/tmp/<img src=x onerror=alert(1)>', shown: '/tmp/<img src=x onerror=alert(1)>' },
  { name: '255 bytes', perlPath: `/tmp/${'n'.repeat(255)}`, shown: `/tmp/${'n'.repeat(255)}` },
  { name: '300 folders', perlPath: `/tmp/deep${'/d'.repeat(300)}/x`, shown: `/tmp/deep${'/d'.repeat(300)}/x` },
]

let platform: WatchedContainerd
let browser: Browser
let pod: RunningPod
/** On this machine, outside every container. */
let outside: string

beforeAll(async () => {
  outside = await temporaryFolder('e2e-out')
  await chmod(outside, 0o700)
  // A scanner that follows links out of the container would detect this file.
  await writeFile(join(outside, 'bait'), eicarBytes(), { mode: 0o600 })
  ;[platform, browser] = await Promise.all([startWatchedContainerd(), launchBrowser()])
  pod = await platform.containerd.runPod(POD)
  await untilWatched(platform.stack.api, POD.name)
})

afterAll(async () => {
  await browser?.close()
  await platform?.stop()
  await rm(outside, { recursive: true, force: true })
})

const api = () => platform.stack.api
const untilIdle = () => untilScannerIsIdle(platform.stack, IDLE_TIMEOUT_MS)

describe('malware at a path of hostile names', () => {
  beforeAll(async () => {
    const folders = `my $path = '/tmp/deep'; mkdir $path; for (1..300) { $path .= '/d'; mkdir $path or die "$!" }`
    const files = MALWARE.map(({ perlPath }) => `"${perlPath}"`).join(', ')
    const write = `my $eicar = <STDIN>; for my $path (${files}) { open my $file, '>', $path or die "$path: $!"; print $file $eicar }`
    await perl(pod, `${folders} ${write}`, eicarBytes())
  })

  test.each(MALWARE)('is found, and the path is shown: $name', async ({ shown }) => {
    expect(await findingAt(api(), shown, 'realtime')).toMatchObject({ podName: POD.name, path: shown })
  })

  test('is on the page as text', async () => {
    const { url, adminEmail, adminPassword } = platform.stack
    const page = await openConsole(browser, url, adminEmail, adminPassword)
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    await page.goto(`${url}/findings?pod=${POD.name}`)
    for (const { shown } of MALWARE) await page.getByRole('row').getByText(shown, { exact: true }).waitFor()
    await takePicture(page, 'findings-hostile-names')
    expect(dialogs).toEqual([])
    expect(await page.locator('img[src="x"]').count()).toBe(0)
  })
})

describe('what is no file of the container', () => {
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
  const notRegular = () => [...Object.keys(links()).map((name) => `/tmp/links/${name}`), ...OTHERS]
  const OTHERS = ['/tmp/others/fifo', '/tmp/others/socket', '/tmp/others/character', '/tmp/others/block']

  test('is not followed, not read, and listed', async () => {
    const makeLinks = Object.entries(links()).map(([name, target]) => `symlink '${target}', '/tmp/links/${name}' or die "$!";`)
    await perl(pod, `mkdir '/tmp/links'; ${makeLinks.join(' ')}`)
    await sh(pod, 'mkdir /tmp/others; cd /tmp/others; mkfifo fifo; mknod character c 1 3; mknod block b 7 0')
    // A Unix address is its family and its path.
    await perl(pod, `socket my $s, 1, 1, 0 or die "$!"; bind $s, pack('Sa*', 1, "/tmp/others/socket\\0") or die "$!"`)
    const { filesNotScanned } = await scanNow(platform.stack, { podName: POD.name })
    expect(filesNotScanned).toBe(notRegular().length)
    for (const path of notRegular()) await untilListed(api(), POD.name, path, 'not_regular')
    await untilIdle()
    expect((await allFindings(api(), { pod: POD.name })).filter(({ path }) => /links|others|bait/.test(path))).toEqual([])
  })

  test('is not followed either while folder and link change places', async () => {
    // 316 is renameat2 on x86-64, 2 is RENAME_EXCHANGE, -100 the working folder.
    const swap = `
      mkdir '/tmp/swap'; chdir '/tmp/swap'; mkdir 'a'; open my $f, '>', 'a/bait'; print $f 'harmless'; close $f; symlink '${outside}', 'b';
      my ($a, $b) = ('a', 'b'); syscall(316, -100, $a, -100, $b, 2) == 0 or die "$!";
      if (fork) { exit } open STDOUT, '>', '/dev/null'; open STDERR, '>', '/dev/null';
      syscall(316, -100, $a, -100, $b, 2) until -e 'stop';`
    await perl(pod, swap)
    for (let round = 0; round < 20; round++) await scanNow(platform.stack, { podName: POD.name, ignoreCache: true })
    await sh(pod, 'touch /tmp/swap/stop')
    await untilIdle()
    expect((await allFindings(api(), { pod: POD.name })).filter(({ path }) => path.startsWith('/tmp/swap'))).toEqual([])
  })

  test('is on the coverage page with its reason', async () => {
    const { url, adminEmail, adminPassword } = platform.stack
    const page = await openConsole(browser, url, adminEmail, adminPassword)
    await page.goto(`${url}/coverage?pod=${POD.name}`)
    const rowOf = (path: string) => page.getByRole('row').filter({ has: page.getByText(path, { exact: true }) })
    for (const path of notRegular()) await rowOf(path).filter({ hasText: 'Not a regular file' }).first().waitFor()
    await takePicture(page, 'coverage-hostile')
  })
})

const listed = async (reason: CoverageReasonName, start: string) =>
  (await coverageOf(api(), POD.name)).filter((entry) => entry.reason === reason && entry.path.startsWith(start))

test('malware below a path that is longer than the kernel takes is found or listed', async () => {
  const descend = `for (1..300) { mkdir $name; chdir $name or die "$!" }`
  const write = `open my $file, '>', 'x' or die "$!"; print $file <STDIN>; close $file`
  await perl(pod, `my $name = 'a-folder-of-24-characters'; chdir '/tmp'; mkdir 'long'; chdir 'long'; ${descend} ${write}`, eicarBytes())
  await scanNow(platform.stack, { podName: POD.name })
  await untilIdle()
  const found = (await allFindings(api(), { pod: POD.name })).filter(({ path }) => path.startsWith('/tmp/long/'))
  expect(found.length + (await listed('unreadable', '/tmp/long/')).length).toBeGreaterThan(0)
  // Nobody else can remove it by its path.
  const ascend = `unlink 'x'; for (1..300) { chdir '..'; rmdir $name or die "$!" }`
  await perl(pod, `my $name = 'a-folder-of-24-characters'; chdir '/tmp/long'; for (1..300) { chdir $name or die } ${ascend}`)
})

test('files that vanish while they are scanned do no harm and are listed', async () => {
  const churn = `
    mkdir '/tmp/churn'; chdir '/tmp/churn'; if (fork) { exit } open STDOUT, '>', '/dev/null'; open STDERR, '>', '/dev/null';
    until (-e '/tmp/churned') { for (1..300) { open my $f, '>', $_; print $f $_ } unlink 1..300 }`
  await perl(pod, churn)
  await waitFor(async () => {
    await scanNow(platform.stack, { podName: POD.name })
    expect(await listed('vanished', '/tmp/churn/')).not.toEqual([])
  }, 60_000)
  await sh(pod, 'touch /tmp/churned')
  await untilIdle()
})

test('the scanner was never restarted, and works', async () => {
  await perl(pod, `open my $file, '>', '/tmp/last'; print $file <STDIN>`, eicarBytes())
  // The files that came and went may have flooded the event queue: then the scan that makes up for it finds this one, maybe first.
  const sources = async () => (await findingsAt(api(), '/tmp/last')).map(({ scanSource }) => scanSource)
  await waitFor(async () => expect([['realtime'], ['upperdir']]).toContainEqual(await sources()), 60_000)
  expect(platform.stack.env.supervisor.restartsOf('scanner')).toBe(0)
})
