import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ChildOptions, startChild } from '../src/child-process.js'
import { endProcess, identityOf, readPidFile, writePidFile } from '../src/process-identity.js'
import { abandonedFolders, temporaryFolder } from '../src/temporary-folder.js'

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder('child-test')
})
afterAll(() => rm(folder, { recursive: true }))

function aShell(script: string, options: Partial<ChildOptions> = {}): ChildOptions {
  return { name: 'shell', command: 'sh', args: ['-c', script], folder, isReady: () => true, ...options }
}

describe('startChild', () => {
  test('waits until the process is ready', async () => {
    const ready = join(folder, 'ready')
    const isReady = async () => (await stat(ready)).isFile()
    const child = await startChild(aShell(`sleep 0.2; touch ${ready}; exec sleep 100`, { isReady }))
    expect((await stat(ready)).isFile()).toBe(true)
    await child.stop()
    expect(await child.exited).toEqual({ exitCode: null, signal: 'SIGTERM' })
    expect(await readPidFile(join(folder, 'shell.pid'))).toBeUndefined()
  })

  test('reports the output of a process that ends early, without the output of an earlier one', async () => {
    const isReady = () => false
    await expect(startChild(aShell('echo first; exit 1', { isReady }))).rejects.toThrow('it printed:\nfirst')
    const second = startChild(aShell('echo second >&2; exit 7', { isReady }))
    await expect(second).rejects.toThrow(/shell ended (immediately|before it was ready) \(exit code 7\); it printed:\nsecond/)
    await expect(second).rejects.toMatchObject({ endedEarly: true })
    expect(await readFile(join(folder, 'shell.log'), 'utf8')).toContain('first\nsecond\n')
  })

  test('ends a process that does not become ready, and reports the last reason', async () => {
    let pid = 0
    const isReady = async () => {
      pid = (await readPidFile(join(folder, 'shell.pid')))?.pid ?? 0
      throw new Error('port closed')
    }
    const started = startChild(aShell('exec sleep 100', { isReady, readyTimeoutMs: 200 }))
    await expect(started).rejects.toThrow('was not ready after 200 ms: port closed; it printed nothing')
    expect(pid).toBeGreaterThan(0)
    expect(identityOf(pid)).toBeUndefined()
  })

  test('reports a missing program', async () => {
    await expect(startChild({ ...aShell(''), command: 'no-such-program' })).rejects.toThrow(
      'could not be started: spawn no-such-program ENOENT',
    )
  })

  test('kills a process that ignores its stop signal', async () => {
    const trapped = join(folder, 'trapped')
    const isReady = async () => (await stat(trapped)).isFile()
    const child = await startChild(aShell(`trap '' TERM; touch ${trapped}; while :; do sleep 0.1; done`, { isReady, stopGraceMs: 200 }))
    await child.stop()
    expect(await child.exited).toEqual({ exitCode: null, signal: 'SIGKILL' })
    await child.stop()
  })

  test('ends the leftover process of an earlier run with the same name', async () => {
    const left = await startChild(aShell('exec sleep 100'))
    const next = await startChild(aShell('exec sleep 100'))
    expect((await left.exited).signal).toBe('SIGTERM')
    await next.stop()
  })
})

describe('process identity', () => {
  test('ignores a stale pid file whose pid belongs to another process', async () => {
    const bystander = await startChild(aShell('exec sleep 100', { name: 'bystander' }))
    await writePidFile(join(folder, 'shell.pid'), { pid: bystander.pid, startTicks: '1' })
    const child = await startChild(aShell('exec sleep 100'))
    await child.stop()
    expect(identityOf(bystander.pid)).toBeDefined()
    await bystander.stop()
  })

  test('ends a process that already ended without an error', async () => {
    const child = await startChild(aShell('exec sleep 100'))
    const identity = identityOf(child.pid)
    await child.stop()
    if (identity) await endProcess(identity)
    expect(identity?.pid).toBe(child.pid)
  })

  test('treats a truncated pid file as missing', async () => {
    const path = join(folder, 'cut.pid')
    await startChild(aShell(`printf '12' > ${path}; exec sleep 100`)).then((child) => child.stop())
    expect(await readPidFile(path)).toBeUndefined()
  })
})

test('lists folders whose process ended as abandoned', async () => {
  const mine = await temporaryFolder('abandoned')
  const dead = join(mine, '../guardimesh-abandoned-1-0-ffffffff')
  await mkdir(dead)
  expect(await abandonedFolders('abandoned')).toEqual([join(dead)])
  await rm(mine, { recursive: true })
  await rm(dead, { recursive: true })
})
