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

  test('tells what the process printed when it ends early, and not what an earlier one printed', async () => {
    const isReady = () => false
    await expect(startChild(aShell('echo first; exit 1', { isReady }))).rejects.toThrow('it printed:\nfirst')
    const second = startChild(aShell('echo second >&2; exit 7', { isReady }))
    await expect(second).rejects.toThrow('shell ended at its start (exit code 7); it printed:\nsecond')
    await expect(second).rejects.toMatchObject({ code: 'RUNTIME_UNAVAILABLE', facts: { endedEarly: true } })
    expect(await readFile(join(folder, 'shell.log'), 'utf8')).toContain('first\nsecond\n')
  })

  test('ends a process that does not get ready, and tells the last reason', async () => {
    let pid = 0
    const isReady = async () => {
      pid = (await readPidFile(join(folder, 'shell.pid')))?.pid ?? 0
      throw new Error('the door is shut')
    }
    const started = startChild(aShell('exec sleep 100', { isReady, readyTimeoutMs: 200 }))
    await expect(started).rejects.toThrow('was not ready in 200 ms: the door is shut; it printed nothing')
    expect(pid).toBeGreaterThan(0)
    expect(identityOf(pid)).toBeUndefined()
  })

  test('says when there is no such program', async () => {
    await expect(startChild({ ...aShell(''), command: 'no-such-program' })).rejects.toThrow(
      'cannot be started: spawn no-such-program ENOENT',
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

  test('ends what an earlier run left under the same name', async () => {
    const left = await startChild(aShell('exec sleep 100'))
    const next = await startChild(aShell('exec sleep 100'))
    expect((await left.exited).signal).toBe('SIGTERM')
    await next.stop()
  })
})

describe('a process is known by its start, not by its number alone', () => {
  test('a stale pid file whose number belongs to another process does it no harm', async () => {
    const bystander = await startChild(aShell('exec sleep 100', { name: 'bystander' }))
    await writePidFile(join(folder, 'shell.pid'), { pid: bystander.pid, startTicks: '1' })
    const child = await startChild(aShell('exec sleep 100'))
    await child.stop()
    expect(identityOf(bystander.pid)).toBeDefined()
    await bystander.stop()
  })

  test('ending a process that is gone is no error', async () => {
    const child = await startChild(aShell('exec sleep 100'))
    const identity = identityOf(child.pid)
    await child.stop()
    if (identity) await endProcess(identity)
    expect(identity?.pid).toBe(child.pid)
  })

  test('a pid file that was cut short counts as none', async () => {
    const path = join(folder, 'cut.pid')
    await startChild(aShell(`printf '12' > ${path}; exec sleep 100`)).then((child) => child.stop())
    expect(await readPidFile(path)).toBeUndefined()
  })
})

test('a folder is abandoned once its process is gone', async () => {
  const mine = await temporaryFolder('abandoned')
  const dead = join(mine, '../guardimesh-abandoned-1-0-ffffffff')
  await mkdir(dead)
  expect(await abandonedFolders('abandoned')).toEqual([join(dead)])
  await rm(mine, { recursive: true })
  await rm(dead, { recursive: true })
})
