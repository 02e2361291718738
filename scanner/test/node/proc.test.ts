import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ProcReader } from '@guardimesh/scanner/node/proc.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BareContainer, startBareContainer } from './container.fixture.js'

const ID_ONE = 'a'.repeat(64)
const ID_TWO = 'b'.repeat(64)
let one: BareContainer
let two: BareContainer
const proc = new ProcReader('/')
beforeAll(async () => {
  one = await startBareContainer()
  two = await startBareContainer()
})
afterAll(async () => {
  await one.stop()
  await two.stop()
})

/** Starts a program in the background of the container. Returns its process id on the node once it runs the program. */
async function startIn(container: BareContainer, line: string): Promise<number> {
  const innerPid = await container.run(`${line} >/tmp/out 2>&1 & echo $!`)
  const isStarted = (pid: number) => /^NSpid:.*\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] === innerPid
  for (let attempt = 0; attempt < 200; attempt++) {
    const pid = proc
      .processesOf([{ containerId: ID_ONE, pid: container.pid }])
      .get(ID_ONE)
      ?.find(isStarted)
    if (pid !== undefined && proc.readProcess(pid)?.commandLine.toString().startsWith('/bin/busybox sh') === false) return pid
    await wait(5)
  }
  throw new Error(`failed to start: ${line}: ${await container.run('/bin/busybox cat /tmp/out')}`)
}

test('lists the processes of each container, including nested namespaces, and none of the node', async () => {
  await two.run('/bin/busybox unshare -p -f /bin/busybox sleep 100 >/tmp/out 2>&1 &')
  await startIn(one, '/bin/busybox sleep 100')
  await wait(100)
  const found = proc.processesOf([
    { containerId: ID_ONE, pid: one.pid },
    { containerId: ID_TWO, pid: two.pid },
  ])
  const commands = (id: string) => found.get(id)?.map((pid) => proc.readProcess(pid)?.commandLine.toString().slice(0, 24))
  expect(commands(ID_ONE)).toEqual(['/bin/busybox sh -c /bin/', '/bin/busybox sleep 100'])
  expect(commands(ID_TWO)).toEqual(['/bin/busybox sh -c /bin/', '/bin/busybox unshare -p ', '/bin/busybox sleep 100'])
  expect([...found.values()].flat()).not.toContain(process.pid)
})

test('reads the details of a process', async () => {
  const pid = await startIn(one, '/bin/busybox sleep 101')
  const facts = proc.readProcess(pid)
  expect(facts).toMatchObject({ pid, parentPid: one.pid, name: 'busybox', parentName: 'busybox', uid: 0 })
  expect(facts?.commandLine.toString()).toBe('/bin/busybox sleep 101')
  expect(Math.abs((facts?.startedAtMs ?? 0) - Date.now())).toBeLessThan(5000)
})

test('reports an ordinary executable as normal with its path in the container', async () => {
  const pid = await startIn(one, '/bin/busybox sleep 102')
  expect(proc.executableState(pid)).toMatchObject({ kind: 'normal', path: Buffer.from('/bin/busybox') })
})

test('reports and opens the executable of a running process after its deletion', async () => {
  await one.run('/bin/busybox cp /bin/busybox /tmp/sleep')
  const pid = await startIn(one, '/tmp/sleep 103')
  await one.run('/bin/busybox rm /tmp/sleep')
  expect(proc.executableState(pid)).toMatchObject({ kind: 'deleted', path: Buffer.from('/tmp/sleep') })
  const fd = proc.openExecutable(pid)
  expect(fd).toBeDefined()
  expect(readFileSync(fd as number).equals(readFileSync('/bin/busybox'))).toBe(true)
  closeSync(fd as number)
})

test('reports an existing file with a name ending in " (deleted)" as normal', async () => {
  await one.run("/bin/busybox mkdir /tmp/odd; /bin/busybox cp /bin/busybox '/tmp/odd/sleep (deleted)'")
  // Busybox selects the applet by its program name, which `exec -a` sets.
  const pid = await startIn(one, "(exec -a sleep '/tmp/odd/sleep (deleted)' 104)")
  expect(proc.executableState(pid)).toMatchObject({ kind: 'normal', path: Buffer.from('/tmp/odd/sleep (deleted)') })
})

test('reports and opens an in-memory program as memfd', async () => {
  // Python creates the memory file and executes it.
  const code =
    'import os; fd = os.memfd_create("hidden"); os.write(fd, open("/bin/busybox", "rb").read()); os.execv(f"/proc/self/fd/{fd}", ["sleep", "105"])'
  const child = spawn('python3', ['-c', code], { stdio: 'ignore' })
  try {
    const pid = child.pid as number
    while (proc.executableState(pid)?.kind !== 'memfd') await wait(5)
    expect(proc.executableState(pid)).toMatchObject({ kind: 'memfd', path: Buffer.from('/memfd:hidden') })
    const fd = proc.openExecutable(pid) as number
    expect(readFileSync(fd).equals(readFileSync('/bin/busybox'))).toBe(true)
    closeSync(fd)
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})

test('reports and opens a deleted mapped library once, and no existing libraries', async () => {
  const library = join(one.folder, 'libgone.so')
  // Any library that this process has mapped is suitable.
  const source = /\/\S*libm\.so\S*/.exec(readFileSync('/proc/self/maps', 'latin1'))?.[0] as string
  copyFileSync(source, library)
  copyFileSync(source, `${library}.copy`)
  const load = `require('koffi').load('${library}'); require('fs').unlinkSync('${library}'); console.log('ready'); setTimeout(() => {}, 100_000)`
  const child = spawn(process.execPath, ['-e', load], { cwd: import.meta.dirname })
  try {
    await once(child.stdout, 'data')
    const pid = child.pid as number
    const files = proc.mappedDeletedFiles(pid)
    expect(files.map(({ kind, path }) => ({ kind, path: path.toString() }))).toEqual([{ kind: 'deleted', path: library }])
    const fd = proc.openMapped(pid, files[0] as NonNullable<(typeof files)[0]>) as number
    expect(readFileSync(fd).equals(readFileSync(`${library}.copy`))).toBe(true)
    closeSync(fd)
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
    rmSync(`${library}.copy`)
  }
})

test('returns undefined for an exited process', () => {
  const pid = 2 ** 22 + 1
  expect(proc.readProcess(pid)).toBeUndefined()
  expect(proc.executableState(pid)).toBeUndefined()
  expect(proc.openExecutable(pid)).toBeUndefined()
  expect(proc.openRootOf(pid)).toBeUndefined()
  expect(proc.mappedDeletedFiles(pid)).toEqual([])
  expect(proc.processesOf([{ containerId: ID_ONE, pid }]).get(ID_ONE)).toEqual([])
})
