import { MIB_BYTES, ScanPage } from '@guardimesh/contracts'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../src/wait-for.js'
import { perl, sha256, writeFileIn } from './container-files.js'
import { waitForCoverageEntry } from './coverage-queries.js'
import { listFindings, listFindingsAt, waitForFinding } from './finding-queries.js'
import { killComponent } from './kill-component.js'
import { PERL_IMAGE } from './perl-image.js'
import { changeScanConfig } from './scan-config.js'
import { readScannerStatus, scanNow, waitUntilScannerIsIdle } from './scanner-commands.js'
import { startWatchedContainerd, type WatchedContainerd } from './watched-containerd.js'
import { waitUntilNotWatched, waitUntilWatched } from './watched-pods.js'

const IDLE_TIMEOUT_MS = 60_000
const EICAR = eicarBytes()
let platform: WatchedContainerd

beforeAll(async () => {
  platform = await startWatchedContainerd()
  const { stack } = platform
  await changeScanConfig(stack.api, { pollIntervalSeconds: 5, maxFileSizeBytes: MIB_BYTES })
  // A single restart activates the short poll interval, so that later changes take effect within seconds.
  await restartScanner('SIGTERM')
})

afterAll(() => platform?.stop())

const api = () => platform.stack.api

async function restartScanner(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  await killComponent(platform.stack, 'scanner', signal)
  await waitFor(() => readScannerStatus(platform.stack), IDLE_TIMEOUT_MS)
}

async function runPod(name: string, namespace = 'shop'): Promise<RunningPod> {
  const pod = await platform.containerd.runPod({ name, namespace, image: PERL_IMAGE })
  await waitUntilWatched(api(), name)
  return pod
}

describe('a file at the same path', () => {
  test('is reported when malware replaces its content, and again when other malware does', async () => {
    const pod = await runPod('rewritten')
    const path = '/tmp/report'
    const other = Buffer.concat([EICAR, Buffer.from(' \t ')])
    await writeFileIn(pod, path, Buffer.from('nothing to see'))
    expect(await scanNow(platform.stack, { podName: 'rewritten' })).toMatchObject({ findings: 0, filesNotScanned: 0 })
    await writeFileIn(pod, path, EICAR)
    expect(await waitForFinding(api(), path, 'realtime')).toMatchObject({ sha256: sha256(EICAR), sizeBytes: EICAR.length })
    await writeFileIn(pod, path, other)
    const found = await waitFor(async () => {
      const findings = await listFindingsAt(api(), path)
      expect(findings.map((finding) => finding.sha256)).toContain(sha256(other))
      return findings
    }, 30_000)
    expect(found.map((finding) => finding.sha256)).toEqual([sha256(other), sha256(EICAR)])
  })
})

describe('an unchanged tree', () => {
  const selection = { podName: 'unchanged' }
  let files: number
  const allCached = () => ({ filesScanned: 0, filesCached: files, filesNotScanned: 0, findings: 0 })

  test('is not scanned again', async () => {
    const pod = await runPod('unchanged')
    await perl(pod, `mkdir '/tmp/tree'; for my $n (1..400) { open my $f, '>', "/tmp/tree/$n"; print $f "content $n" }`)
    const { filesScanned, filesCached, filesNotScanned } = await scanNow(platform.stack, selection)
    files = filesScanned + filesCached
    expect(filesNotScanned).toBe(0)
    expect(files).toBeGreaterThanOrEqual(400)
    expect(await scanNow(platform.stack, selection)).toEqual(allCached())
  })

  test.each(['SIGTERM', 'SIGKILL'] as const)('is not scanned again after a restart by %s', async (signal) => {
    await restartScanner(signal)
    // After a restart the scanner has no containers until the inspector reports them.
    expect(await waitFor(() => scanNow(platform.stack, selection), IDLE_TIMEOUT_MS)).toEqual(allCached())
  })

  test('is scanned again when the cache is ignored', async () => {
    const { filesScanned, filesCached, ...others } = await scanNow(platform.stack, { ...selection, ignoreCache: true })
    expect(others).toEqual({ filesNotScanned: 0, findings: 0 })
    expect(filesScanned + filesCached).toBe(files)
    // Each content is scanned once, and files that the runtime mounts into the container may be identical.
    expect(filesCached).toBeLessThan(5)
  })
})

describe('a file over the size limit', () => {
  test('is listed as too large, never counts as clean, and is scanned after the limit is raised, without a restart', async () => {
    const { stack } = platform
    const { supervisor } = stack.env
    const pod = await runPod('large')
    // The runtime creates these files in every container.
    const { filesCached: before } = await scanNow(stack, { podName: 'large' })
    const path = '/var/tmp/large.bin'
    const size = 2 * MIB_BYTES
    await perl(pod, `open my $f, '>', '${path}'; print $f 'x' x ${size}`)
    const entry = await waitForCoverageEntry(api(), 'large', path, 'too_large')
    expect(entry).toMatchObject({ sizeBytes: size, count: 1 })
    const scanned = await scanNow(stack, { podName: 'large' })
    expect(scanned).toEqual({ filesScanned: 0, filesCached: before, filesNotScanned: 1, findings: 0 })
    const scan = await waitFor(async () => {
      const { items } = await api().get('/api/scans?limit=1000', ScanPage)
      const found = items.find((item) => item.podName === 'large' && item.filesNotScanned > 0 && item.trigger === 'on_request')
      if (!found) throw new Error('the scan is not listed yet')
      return found
    })
    expect(scan).toMatchObject({ filesScanned: 0, filesCached: before, filesNotScanned: 1 })

    const scanner = supervisor.identityOf('scanner')
    await changeScanConfig(api(), { maxFileSizeBytes: 4 * MIB_BYTES })
    await waitFor(async () => expect((await scanNow(stack, { podName: 'large' })).filesNotScanned).toBe(0), 30_000)
    const raised = { filesScanned: 0, filesCached: before + 1, filesNotScanned: 0, findings: 0 }
    expect(await scanNow(stack, { podName: 'large' })).toEqual(raised)
    expect(supervisor.identityOf('scanner')).toEqual(scanner)
  })
})

describe('a skipped namespace', () => {
  test('is listed as not scanned, never as clean, while the configuration skips it', async () => {
    const { supervisor } = platform.stack.env
    const pod = await runPod('library', 'quiet-zone')
    const before = supervisor.identityOf('scanner')
    await changeScanConfig(api(), { skipNamespaces: ['quiet-*'] })
    expect(await waitUntilNotWatched(api(), 'library')).toMatch(/skips the namespace/)
    expect(await waitForCoverageEntry(api(), 'library', '', 'skipped_namespace')).toMatchObject({ namespace: 'quiet-zone' })
    await writeFileIn(pod, '/tmp/whisper', EICAR)
    expect(await scanNow(platform.stack, { podName: 'library' })).toMatchObject({ filesScanned: 0, filesCached: 0, findings: 0 })
    await waitUntilScannerIsIdle(platform.stack, IDLE_TIMEOUT_MS)
    expect(await listFindings(api(), { pod: 'library' })).toEqual([])

    await changeScanConfig(api(), { skipNamespaces: [] })
    await waitFor(async () => expect((await listFindings(api(), { pod: 'library' })).map(({ path }) => path)).toEqual(['/tmp/whisper']))
    expect(supervisor.identityOf('scanner')).toEqual(before)
  })
})
