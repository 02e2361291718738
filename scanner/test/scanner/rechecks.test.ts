import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FindingMessage, fromWireNumber, SCAN_TRIGGERS } from '@guardimesh/contracts'
import { shellFiles } from '@guardimesh/testbed/demo-image.js'
import { eicarBytes, eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import { buildImage } from '@guardimesh/testbed/oci-image.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startNode } from './running-scanner.js'

const IMAGE = 'localhost/guardimesh/infected:1'
const EICAR_FILES = ['chmod.com', 'touch.com'] as const
let node: Awaited<ReturnType<typeof startNode>>
let pod: RunningPod
const writers: ChildProcess[] = []

beforeAll(async () => {
  // A layer of an image contains malware, which must be found by what a process does to it.
  node = await startNode({ features: { imageLayers: false } })
  const files = [...(await shellFiles()), ...EICAR_FILES.map((name) => ({ path: `/lower/${name}`, content: eicarBytes(), mode: 0o644 }))]
  const command = ['/bin/sleep', '3600']
  await node.containerd.importImage(await buildImage({ name: IMAGE, files, command, archiveFile: join(node.folder, 'image.tar') }), IMAGE)
  await mkdir(join(node.folder, 'volume'))
  const mounts = [{ hostPath: join(node.folder, 'volume'), containerPath: '/data' }]
  pod = await node.containerd.runPod({ name: 'web', namespace: 'shop', image: IMAGE, mounts })
  await vi.waitFor(() => expect(node.backend.results.some(({ containerId }) => containerId === pod.containerId)).toBe(true), 15_000)
  // The walk that finds it takes its time, so it starts before the other tests.
  await writeFile(join(node.folder, 'volume/from-node'), eicarBytes())
})
afterAll(async () => {
  for (const writer of writers) writer.kill('SIGKILL')
  await node.stop()
  await rm(node.folder, { recursive: true, force: true })
})

const sh = (script: string) => pod.exec(['/bin/sh', '-c', script])
const pathOf = ({ path }: FindingMessage) => Buffer.from(path).toString('latin1')
const all = () =>
  node.backend.results.flatMap(({ findings, trigger }) =>
    findings.map((finding) => ({ finding, path: pathOf(finding), trigger: fromWireNumber(SCAN_TRIGGERS, trigger) })),
  )
/** @param timeout re-checks find 95 % of the files within 30 s; a busy machine may need longer. */
const found = (path: string, timeout = 45_000) =>
  vi.waitFor(
    () => {
      const hit = all().find((one) => one.path === path)
      if (!hit) throw new Error(`no finding at ${path} yet`)
      return hit
    },
    { timeout, interval: 20 },
  )

/**
 * Runs this machine's perl on files of the container, because the image has no interpreter for system calls. Resolves when it prints "done";
 * the process stays.
 */
async function perl(program: string): Promise<void> {
  const root = `/proc/${pod.pid}/root`
  const child = spawn(
    'perl',
    ['-e', `$| = 1; my $root = '${root}'; my $eicar = pack('H*', '${eicarBytes().toString('hex')}'); ${program}; sleep 600`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  writers.push(child)
  await once(child.stdout as NodeJS.ReadableStream, 'data')
}

/** Maps a file for shared writing (mmap) and closes it; `$map` is its address. System call numbers of x86-64. */
const MAP = (path: string) =>
  `sysopen(my $f, "$root${path}", 0x42, 0644) or die $!; truncate($f, 4096); my $map = syscall(9, 0, 4096, 3, 1, fileno($f), 0); close $f; `
/** Writes through the mapping, by read(2) from a pipe into its address. */
const WRITE_MAPPED = 'pipe(my $r, my $w); syswrite $w, $eicar; syscall(0, fileno($r), $map, length $eicar); '
const DONE = 'print "done"'

describe('a file that stays open for writing', () => {
  test('is scanned while it is open, and the finding names the program that wrote it', async () => {
    const write = eicarShellCommand('/tmp/held').replace(/> '.*'$/, '>&3')
    await sh(`(exec 3> /tmp/held; ${write}; exec sleep 600 > /dev/null 2>&1) > /dev/null 2>&1 &`)
    const startedAtMs = performance.now()
    const { finding, trigger } = await found('/tmp/held')
    expect(performance.now() - startedAtMs).toBeLessThan(8000)
    expect(trigger).toBe('recheck')
    expect(Buffer.from(finding.process?.exe ?? []).toString()).toMatch(/\/bin\/(busybox|sh|sleep)$/)
  })

  test('is scanned when it existed before and only its content changes', async () => {
    await sh('echo harmless > /tmp/existing; sleep 0.1')
    await perl(`open(my $f, '+<', "$root/tmp/existing") or die $!; syswrite $f, $eicar; ${DONE}`)
    expect((await found('/tmp/existing')).finding.sizeBytes).toBe(68)
  })

  test('is scanned again when it changes later', async () => {
    await perl(
      `open(my $f, '>', "$root/tmp/later") or die $!; syswrite $f, 'x' x 68; print "open"; sleep 5; sysseek $f, 0, 0; syswrite $f, $eicar`,
    )
    await found('/tmp/later')
  })

  test('is scanned when another process writes it through its descriptor', async () => {
    await perl(
      `open(my $f, '>', "$root/tmp/shared") or die $!; ${DONE}; sleep 2; open(my $g, '>', "/proc/$$/fd/" . fileno($f)) or die $!; syswrite $g, $eicar`,
    )
    await found('/tmp/shared')
  })
})

describe('a shared writable mapping', () => {
  test('of a closed file is followed', async () => {
    await perl(`${MAP('/tmp/mapped')} ${DONE}; sleep 3; ${WRITE_MAPPED}`)
    await found('/tmp/mapped')
  })

  test('is followed when the page was written before its scan, so that the change time stays', async () => {
    await perl(`${MAP('/tmp/dirty')} { ${WRITE_MAPPED.replaceAll('$eicar', "('x' x 68)")} } ${DONE}; sleep 2; ${WRITE_MAPPED}`)
    await found('/tmp/dirty')
  })
})

describe('a change without a close event', () => {
  test('by truncate is found', async () => {
    await writeFile(join(`/proc/${pod.pid}/root`, 'tmp/cut'), Buffer.concat([eicarBytes(), Buffer.from('and more text')]))
    await perl(`sleep 1; truncate("$root/tmp/cut", 68) or die $!; ${DONE}`)
    await found('/tmp/cut')
  })

  test('by copy_file_range, sendfile and splice into a file that stays open is found', async () => {
    await writeFile(join(`/proc/${pod.pid}/root`, 'tmp/source'), eicarBytes())
    const calls = {
      326: 'fileno($s), 0, fileno($f), 0, 68, 0',
      40: 'fileno($f), fileno($s), 0, 68',
      275: 'fileno($r), 0, fileno($f), 0, 68, 0',
    }
    for (const [number, args] of Object.entries(calls))
      await perl(`open(my $s, '<', "$root/tmp/source") or die $!; open(my $f, '+>', "$root/tmp/call-${number}") or die $!; pipe(my $r, my $w); syswrite $w, $eicar;
        syscall(${number}, ${args}) == 68 or die $!; ${DONE}`)
    for (const number of Object.keys(calls)) await found(`/tmp/call-${number}`)
  })

  test.each(EICAR_FILES)('by %s, which copies it up from the image, is found', async (name) => {
    await sh(`${name === 'chmod.com' ? 'chmod 755' : 'touch'} /lower/${name}`)
    expect((await found(`/lower/${name}`)).trigger).toBe('recheck')
  })

  test('by a write from the node is found', async () => {
    const upperdir = /upperdir=([^,]+)/.exec(await readFile(`/proc/${pod.pid}/mountinfo`, 'latin1'))?.[1] as string
    await writeFile(join(upperdir, 'tmp/from-node'), eicarBytes())
    expect((await found('/tmp/from-node')).trigger).toBe('recheck')
  })
})

describe('the name in a finding', () => {
  test('of a file that was created without a name is the linked one', async () => {
    // O_TMPFILE | O_RDWR, then linkat with AT_SYMLINK_FOLLOW.
    await perl(
      `sysopen(my $f, "$root/tmp", 0x410002, 0644) or die $!; syswrite $f, $eicar; my ($from, $to) = ("/proc/self/fd/" . fileno($f), "$root/tmp/report.doc");
       syscall(265, -100, $from, -100, $to, 0x400) == 0 or die $!; close $f; ${DONE}`,
    )
    expect((await found('/tmp/report.doc')).finding.sizeBytes).toBe(68)
    expect(all().filter(({ path }) => path.startsWith('/tmp/#'))).toEqual([])
  })

  test('of a file that is really named like a deleted one stays', async () => {
    await sh(eicarShellCommand('/tmp/real (deleted)'))
    await found('/tmp/real (deleted)')
  })

  test('is the new one after a later rename, and that of a hard link is known too', async () => {
    await sh(`${eicarShellCommand('/tmp/old.tmp')}; sleep 2; mv /tmp/old.tmp /tmp/new.js; ln /tmp/new.js /var/tmp/link.js`)
    await found('/tmp/new.js')
    await found('/var/tmp/link.js')
  })
})

test('a change on a volume that raises no event at all is found by the walk', async () => {
  const { finding, trigger } = await found('/data/from-node')
  expect({ layer: finding.layer, trigger }).toEqual({ layer: 'volume:/data', trigger: 'recheck' })
})
