import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { FileWorkers } from '@guardimesh/scanner/node/file-workers.js'
import { KernelError } from '@guardimesh/scanner/node/libc.js'
import { ProcReader } from '@guardimesh/scanner/node/proc.js'
import type { ProcessState } from '@guardimesh/scanner/node/process-state.js'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type BareContainer, startBareContainer } from './container.fixture.js'

const ID_ONE = 'a'.repeat(64)
const ID_TWO = 'b'.repeat(64)
let one: BareContainer
let two: BareContainer
const proc = new ProcReader('/')
const workers = new FileWorkers('/')
beforeAll(async () => {
  one = await startBareContainer()
  two = await startBareContainer()
})
afterAll(async () => {
  workers[Symbol.dispose]()
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

async function stateOf(pid: number): Promise<ProcessState | undefined> {
  const [state] = await workers.read(ID_ONE, [pid])
  if (state instanceof KernelError) throw state
  return state
}

async function contentOf(pid: number, link: string): Promise<Buffer> {
  const opened = await workers.open(ID_ONE, pid, link)
  if (!opened) throw new Error(`${link} of ${pid} does not exist`)
  try {
    return readFileSync(opened.fd)
  } finally {
    closeSync(opened.fd)
  }
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
  expect(await stateOf(pid)).toMatchObject({ executable: { kind: 'normal', path: Buffer.from('/bin/busybox') }, anonymousBytes: 0 })
})

test('reports and opens the executable of a running process after its deletion', async () => {
  await one.run('/bin/busybox cp /bin/busybox /tmp/sleep')
  const pid = await startIn(one, '/tmp/sleep 103')
  await one.run('/bin/busybox rm /tmp/sleep')
  expect(await stateOf(pid)).toMatchObject({ executable: { kind: 'deleted', path: Buffer.from('/tmp/sleep') } })
  expect((await contentOf(pid, 'exe')).equals(readFileSync('/bin/busybox'))).toBe(true)
})

test('reports an existing file with a name ending in " (deleted)" as normal', async () => {
  await one.run("/bin/busybox mkdir /tmp/odd; /bin/busybox cp /bin/busybox '/tmp/odd/sleep (deleted)'")
  // Busybox selects the applet by its program name, which `exec -a` sets.
  const pid = await startIn(one, "(exec -a sleep '/tmp/odd/sleep (deleted)' 104)")
  expect(await stateOf(pid)).toMatchObject({ executable: { kind: 'normal', path: Buffer.from('/tmp/odd/sleep (deleted)') } })
})

test('reports and opens an in-memory program as memfd', async () => {
  // Python creates the memory file and executes it.
  const code =
    'import os; fd = os.memfd_create("hidden"); os.write(fd, open("/bin/busybox", "rb").read()); os.execv(f"/proc/self/fd/{fd}", ["sleep", "105"])'
  const child = spawn('python3', ['-c', code], { stdio: 'ignore' })
  try {
    const pid = child.pid as number
    while ((await stateOf(pid))?.executable?.kind !== 'memfd') await wait(5)
    expect(await stateOf(pid)).toMatchObject({ executable: { kind: 'memfd', path: Buffer.from('/memfd:hidden') } })
    expect((await contentOf(pid, 'exe')).equals(readFileSync('/bin/busybox'))).toBe(true)
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})

test('reports mapped libraries once each, and opens a deleted one', async () => {
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
    const state = await stateOf(pid)
    const deleted = state?.libraries.filter(({ kind }) => kind === 'deleted') ?? []
    expect(deleted.map(({ path }) => path.toString())).toEqual([library])
    expect(state?.libraries.filter(({ path }) => path.toString() === source)).toMatchObject([{ kind: 'normal' }])
    // Node compiles code to memory without a file.
    expect(state?.anonymousBytes).toBeGreaterThan(0)
    expect((await contentOf(pid, deleted[0]?.link ?? '')).equals(readFileSync(`${library}.copy`))).toBe(true)
  } finally {
    child.kill('SIGKILL')
    await once(child, 'exit')
    rmSync(`${library}.copy`)
  }
})

const GIVEN = { kind: 'file', file: { path: Buffer.from('/tmp/given.sh') } }

test.each([
  { name: 'a file given as argument', line: '/bin/busybox sh /tmp/given.sh', command: '/bin/busybox sh /tmp/given.sh', script: GIVEN },
  {
    name: 'a file in the working folder',
    line: '(cd /tmp; exec /bin/busybox sh ./given.sh)',
    command: '/bin/busybox sh ./given.sh',
    script: GIVEN,
  },
  { name: 'a pipe', line: '/bin/busybox sleep 106 | /bin/busybox sh', command: '/bin/busybox sh', script: { kind: 'stream' } },
  { name: 'its arguments', line: "/bin/busybox sh -c 'read x; echo'", command: '/bin/busybox sh -c read x; echo', script: undefined },
])('finds the script of an interpreter: $name', async ({ line, command, script }) => {
  await one.run("echo '/bin/busybox sleep 108; true' > /tmp/given.sh; /bin/busybox mkfifo /tmp/held 2> /dev/null")
  await one.run(`${line} < /tmp/held >/tmp/out 2>&1 & exec 7<>/tmp/held`)
  const found = await vi.waitFor(async () => {
    const pids = proc.processesOf([{ containerId: ID_ONE, pid: one.pid }]).get(ID_ONE) ?? []
    const pid = pids.find((candidate) => proc.readProcess(candidate)?.commandLine.toString('latin1') === command)
    if (pid === undefined) throw new Error('not started yet')
    return { pid, state: await stateOf(pid) }
  })
  process.kill(found.pid, 'SIGKILL')
  if (script) expect(found.state?.script).toMatchObject(script)
  else expect(found.state?.script).toBeUndefined()
})

test('changes the mark of a process when it executes another program, and when it maps memory', async () => {
  const child = spawn('/bin/busybox', ['sh'], { stdio: ['pipe', 'pipe', 'inherit'] })
  // A program that is still being loaded maps memory.
  child.stdin.write('echo ready\n')
  await once(child.stdout, 'data')
  const markOf = () => proc.changeMark(child.pid as number)
  const before = markOf()
  expect(markOf()).toEqual(before)
  child.stdin.write(`x=$(/bin/busybox head -c 3000000 /dev/zero | /bin/busybox tr '\\0' x)\n`)
  await vi.waitFor(() => expect(markOf()?.memory).not.toBe(before?.memory))
  expect(markOf()?.program).toBe(before?.program)
  child.stdin.write('exec /bin/busybox sh\n')
  await vi.waitFor(() => expect(markOf()?.program).not.toBe(before?.program))
  child.kill('SIGKILL')
  await once(child, 'exit')
})

test('returns undefined for an exited process', async () => {
  const pid = 2 ** 22 + 1
  expect(proc.readProcess(pid)).toBeUndefined()
  expect(proc.changeMark(pid)).toBeUndefined()
  expect(await stateOf(pid)).toBeUndefined()
  expect(await workers.open(ID_ONE, pid, 'exe')).toBeUndefined()
  expect(proc.processesOf([{ containerId: ID_ONE, pid }]).get(ID_ONE)).toEqual([])
})
