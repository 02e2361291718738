import { closeSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type FileEvents, type OverflowCause, openFileEvents } from '@guardimesh/scanner/node/fanotify.js'
import type { FileEvent } from '@guardimesh/scanner/node/fanotify-event.js'
import { readMounts } from '@guardimesh/scanner/node/mounts.js'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type BareContainer, startBareContainer } from './container.fixture.js'

let container: BareContainer
beforeAll(async () => {
  container = await startBareContainer()
})
afterAll(() => container.stop())

interface Seen {
  readonly kind: string
  readonly path: string
  readonly device: bigint
  readonly mountId: number
  readonly pid: number
  readonly content: string
  readonly sizeBytes: bigint
}

let group: FileEvents
let seen: Seen[]
let overflows: OverflowCause[]
let kept: FileEvent[]
afterEach(() => {
  for (const event of kept) event.close()
  group[Symbol.dispose]()
})

function open(options: { keepOpen?: boolean; maxOpenEvents?: number; modifications?: boolean } = {}): FileEvents {
  seen = []
  overflows = []
  kept = []
  group = openFileEvents({
    hostRoot: '/',
    maxOpenEvents: options.maxOpenEvents ?? 1024,
    onOverflow: (cause) => overflows.push(cause),
    onEvents: (events) => {
      for (const event of events) {
        // Read between a write and its close.
        if (event.kind === 'modified' && !options.modifications) {
          event.close()
          continue
        }
        const { kind, path, device, mountId, pid, fd, identity } = event
        seen.push({
          kind,
          path: path.toString('latin1'),
          device,
          mountId,
          pid,
          content: kind === 'written' ? readFileSync(fd, 'latin1') : '',
          sizeBytes: identity.sizeBytes,
        })
        if (options.keepOpen) kept.push(event)
        else event.close()
      }
    },
  })
  return group
}

const mountAt = (mountPoint: string, pid = container.pid) => {
  const mount = readMounts('/', pid)?.findLast((one) => one.mountPoint.toString() === mountPoint)
  if (!mount) throw new Error(`nothing is mounted at ${mountPoint}`)
  return mount
}
const until = async (condition: () => boolean, pauseMs = 5) => {
  const endMs = performance.now() + 5000
  while (!condition() && performance.now() < endMs) await wait(pauseMs)
}

test('reports a write with device, path in the container, process and open file', async () => {
  const watch = open().watchContainer(container.pid)
  await container.run('echo hello > /tmp/written')
  await until(() => seen.length > 0)
  expect(seen).toEqual([
    {
      kind: 'written',
      path: '/tmp/written',
      device: watch.device,
      mountId: watch.mountId,
      pid: container.pid,
      content: 'hello\n',
      sizeBytes: 6n,
    },
  ])
  expect(group.openEvents).toBe(0)
})

test('reports a write to a file that stays open, and no further ones when it is muted, but its close', async () => {
  const events = open({ keepOpen: true, modifications: true })
  events.watchContainer(container.pid)
  await container.run('exec 5> /tmp/held; echo first >&5')
  await until(() => seen.length > 0)
  expect(seen).toMatchObject([{ kind: 'modified', path: '/tmp/held', pid: container.pid, sizeBytes: 6n }])
  events.muteModifications(kept[0] as FileEvent)
  await container.run('echo second >&5')
  await wait(50)
  expect(seen).toHaveLength(1)
  await container.run('exec 5>&-')
  await until(() => seen.length > 1)
  expect(seen[1]).toMatchObject({ kind: 'written', path: '/tmp/held', sizeBytes: 13n })
})

test('preserves the bytes of a path that is not UTF-8', async () => {
  open().watchContainer(container.pid)
  await container.run("echo x > /tmp/$(printf '\\377\\001')")
  await until(() => seen.length > 0)
  expect(seen[0]?.path).toBe('/tmp/\xff\x01')
})

test('reports an execution with its process', async () => {
  open().watchContainer(container.pid)
  const pid = await container.run("/bin/busybox sh -c 'echo $$' ")
  await until(() => seen.length > 0)
  expect(pid).not.toBe('')
  expect(seen.map(({ kind, path }) => ({ kind, path }))).toEqual([{ kind: 'executed', path: '/bin/busybox' }])
  expect(seen[0]?.pid).not.toBe(container.pid)
})

test('reports writes of the container to a volume, but not writes of others to the same file system', async () => {
  const watch = open().watchMount(container.pid, mountAt('/data'), 'mount')
  writeFileSync(join(container.volume, 'by-the-node'), 'x')
  await container.run('echo x > /tmp/elsewhere; echo y > /data/in-volume')
  await until(() => seen.length > 0)
  await wait(50)
  expect(seen.map(({ path, mountId }) => ({ path, mountId }))).toEqual([{ path: '/data/in-volume', mountId: watch.mountId }])
})

test('reports nothing after unwatch', async () => {
  const events = open()
  events.unwatch(events.watchContainer(container.pid))
  await container.run('echo x > /tmp/unseen')
  await wait(50)
  expect(seen).toEqual([])
})

test('does not report its own writes and those of ignored processes', async () => {
  const events = open()
  events.watchContainer(container.pid)
  events.ignoreProcess(container.pid)
  writeFileSync(join(`/proc/${container.pid}/root`, 'tmp/by-us'), 'x')
  await container.run('echo x > /tmp/ignored')
  await wait(50)
  expect(seen).toEqual([])
})

test("rejects a process with the node's root, because all writes of the node would be reported", () => {
  expect(() => open().watchContainer(process.pid)).toThrowError(expect.objectContaining({ errno: 'ENOTSUP' }))
})

test('reports writes to a file system in memory from another mount namespace, with the path there', async () => {
  await container.run('/bin/busybox mkdir -p /tmp/shm; /bin/busybox mount -t tmpfs shm /tmp/shm')
  const watch = open().watchMount(container.pid, mountAt('/tmp/shm'), 'file-system')
  await container.run(`/bin/busybox unshare -m /bin/busybox sh -c 'echo hello > /tmp/shm/other'`)
  await until(() => seen.some(({ path }) => path === '/tmp/shm/other'))
  expect(seen.find(({ kind }) => kind === 'written')).toMatchObject({ path: '/tmp/shm/other', device: watch.device, content: 'hello\n' })
})

test('keeps the mark of a file system until its last watch is removed', async () => {
  await container.run(
    '/bin/busybox mkdir -p /tmp/m1 /tmp/m2; /bin/busybox mount -t tmpfs m /tmp/m1; /bin/busybox mount --bind /tmp/m1 /tmp/m2',
  )
  const events = open()
  const [one, two] = ['/tmp/m1', '/tmp/m2'].map((path) => events.watchMount(container.pid, mountAt(path), 'file-system'))
  if (!one || !two) throw new Error('not watched')
  events.unwatch(one)
  await container.run('echo x > /tmp/m2/first')
  await until(() => seen.length > 0)
  events.unwatch(two)
  await container.run('echo x > /tmp/m2/second')
  await wait(50)
  expect(seen.map(({ path }) => path)).toEqual(['/tmp/m2/first'])
})

test('rejects an exited process and a path without a mount', () => {
  const events = open()
  expect(() => events.watchContainer(2 ** 22 + 1)).toThrowError(expect.objectContaining({ code: 'KERNEL_CALL_FAILED', errno: 'ENOENT' }))
  const nothing = { ...mountAt('/data'), mountPoint: Buffer.from('/tmp') }
  expect(() => events.watchMount(container.pid, nothing, 'mount')).toThrowError(expect.objectContaining({ errno: 'ESTALE' }))
})

test('limits open events, closes further ones and reports an overflow', async () => {
  open({ keepOpen: true, maxOpenEvents: 5 }).watchContainer(container.pid)
  await container.run('for i in 1 2 3 4 5 6 7 8; do echo $i > /tmp/bounded-$i; done')
  await until(() => overflows.length > 0)
  expect(seen.length).toBe(5)
  expect(group.openEvents).toBe(5)
  expect(overflows).toContain('open-descriptors')
  for (const event of kept) event.close()
  for (const event of kept) event.close()
  expect(group.openEvents).toBe(0)
})

test("reports an overflow of the kernel's queue", async () => {
  open().watchContainer(container.pid)
  const limit = Number(readFileSync('/proc/sys/fs/fanotify/max_queued_events', 'latin1'))
  const last = join(`/proc/${container.pid}/root`, `tmp/flood-${limit + 100}`)
  const writes = container.run(`i=0; while [ $i -lt ${limit + 101} ]; do echo > /tmp/flood-$i; i=$((i+1)); done`)
  // Blocks this process, so that it reads no events while the queue fills up.
  const never = new Int32Array(new SharedArrayBuffer(4))
  for (let attempt = 0; attempt < 1000 && !existsSync(last); attempt++) Atomics.wait(never, 0, 0, 20)
  await writes
  await until(() => overflows.length > 0)
  expect(overflows).toContain('kernel-queue')
})

test('reports a write at once', async () => {
  open().watchContainer(container.pid)
  const delaysMs: number[] = []
  for (let round = 1; round <= 50; round++) {
    const startedAtMs = performance.now()
    const written = container.run(`echo x > /tmp/timed-${round}`)
    await until(() => seen.length === round, 0)
    delaysMs.push(performance.now() - startedAtMs)
    await written
  }
  delaysMs.sort((a, b) => a - b)
  expect(delaysMs[25]).toBeLessThan(100)
})

test('closes its descriptor once when an event is closed twice', async () => {
  open({ keepOpen: true }).watchContainer(container.pid)
  await container.run('echo x > /tmp/once')
  await until(() => kept.length > 0)
  const [event] = kept
  if (!event) throw new Error('no event')
  event.close()
  event.close()
  expect(() => closeSync(event.fd)).toThrowError(/EBADF/)
})
