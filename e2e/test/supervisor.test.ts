import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ComponentError } from '@guardimesh/dev/supervision/component.js'
import { processComponent } from '@guardimesh/dev/supervision/process-component.js'
import { currentBootId, readState, writeState } from '@guardimesh/dev/supervision/state-file.js'
import { stopRecorded } from '@guardimesh/dev/supervision/stop-recorded.js'
import { Supervisor } from '@guardimesh/dev/supervision/supervisor.js'
import { createLogger } from '@guardimesh/kit'
import { endProcess, identityOf as identityOfPid, isAlive, type ProcessIdentity } from '@guardimesh/testbed/process-identity.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { waitFor } from '../src/wait-for.js'

let folder: string
let stateFile: string
let supervisor: Supervisor
const strays: ProcessIdentity[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gm-sup-'))
  stateFile = join(folder, 'state.json')
  supervisor = newSupervisor()
})

afterEach(async () => {
  await supervisor.stop()
  for (const identity of strays.splice(0)) await endProcess(identity, 'SIGKILL', 1000)
  await rm(folder, { recursive: true, force: true })
})

function newSupervisor(readyTimeoutMs = 5000): Supervisor {
  return new Supervisor({ stateFile, log: createLogger('test', 'silent'), readyTimeoutMs })
}

function shell(name: string, script: string, more: { env?: Record<string, string>; checkReady?: () => Promise<void> } = {}) {
  const { env = {}, ...rest } = more
  return processComponent({ name, command: '/bin/sh', args: ['-c', script], env, logFile: join(folder, `${name}.log`), ...rest })
}

const sleeper = (name: string) => shell(name, 'exec sleep 1000')

function identityOf(name: string): ProcessIdentity {
  const identity = supervisor.identityOf(name)
  if (!identity) throw new Error(`${name} is not running`)
  return identity
}

function startStray(): ProcessIdentity {
  const child = spawn('/bin/sleep', ['1000'], { stdio: 'ignore' })
  const identity = identityOfPid(child.pid ?? 0)
  if (!identity) throw new Error('failed to start sleep')
  strays.push(identity)
  return identity
}

describe('a supervised process', () => {
  test('restarts after kill -9 with a new identity, without affecting other processes', async () => {
    await supervisor.start(sleeper('first'))
    await supervisor.start(sleeper('second'))
    const before = { first: identityOf('first'), second: identityOf('second') }

    expect(supervisor.signal('first', 'SIGKILL')).toBe(true)

    await waitFor(async () => {
      expect(isAlive(before.first)).toBe(false)
      expect(identityOf('first')).not.toEqual(before.first)
      expect((await readState(stateFile))?.parts.find(({ name }) => name === 'first')?.identity).toEqual(identityOf('first'))
    })
    expect(supervisor.restartsOf('first')).toBe(1)
    expect(identityOf('second')).toEqual(before.second)
  })

  test('restarts repeatedly with growing pauses', async () => {
    await supervisor.start(shell('brittle', 'date +%s%N >> "$TIMES"; sleep 0.05; exit 3', { env: { TIMES: join(folder, 'times') } }))
    const starts = await waitFor(async () => {
      const lines = (await readFile(join(folder, 'times'), 'utf8')).trim().split('\n')
      expect(lines.length).toBeGreaterThanOrEqual(4)
      return lines.map((line) => Number(BigInt(line) / 1_000_000n))
    })
    const [first = 0, second = 0, third = 0, fourth = 0] = starts
    // Backoff of 100..200, 200..400 and 400..800 ms.
    expect(second - first).toBeGreaterThanOrEqual(100)
    expect(third - second).toBeGreaterThanOrEqual(200)
    expect(fourth - third).toBeGreaterThanOrEqual(400)
  })

  test('inherits its own settings but not those of the shell', async () => {
    process.env.DATABASE_URL = 'postgres://somewhere-else/db'
    try {
      await supervisor.start(shell('nosy', 'env > "$OUT"; exec sleep 1000', { env: { OUT: join(folder, 'env'), COLOUR: 'green' } }))
      const env = await waitFor(async () => {
        const text = await readFile(join(folder, 'env'), 'utf8')
        expect(text).toContain('COLOUR=green')
        return text
      })
      expect(env).not.toContain('DATABASE_URL')
    } finally {
      delete process.env.DATABASE_URL
    }
  })
})

describe('start', () => {
  test('waits until the component is ready', async () => {
    const marker = join(folder, 'ready')
    const checkReady = async () => void (await readFile(marker))
    await supervisor.start(shell('slow', `sleep 0.3; touch ${marker}; exec sleep 1000`, { checkReady }))
    await expect(readFile(marker, 'utf8')).resolves.toBe('')
  })

  test('reports a component that exits during its start, with its log', async () => {
    const checkReady = () => Promise.reject(new Error('not yet'))
    const failure = await supervisor.start(shell('doomed', 'echo no such luck; exit 7', { checkReady })).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ComponentError)
    expect(failure).toMatchObject({
      message: 'doomed ended before it was ready (exit code 7)',
      component: 'doomed',
      logFile: join(folder, 'doomed.log'),
    })
    await expect(readFile(join(folder, 'doomed.log'), 'utf8')).resolves.toBe('no such luck\n')
  })

  test('reports why a component was not ready in time, and stops it', async () => {
    supervisor = newSupervisor(300)
    const checkReady = () => Promise.reject(new Error('the kettle is cold'))
    await expect(supervisor.start(shell('lazy', 'exec sleep 1000', { checkReady }))).rejects.toThrow(/not ready after .*the kettle is cold/)
    const lazy = identityOf('lazy')
    await supervisor.stop()
    expect(isAlive(lazy)).toBe(false)
  })

  test('reports a missing program', async () => {
    const component = processComponent({ name: 'ghost', command: '/nonexistent', args: [], env: {}, logFile: join(folder, 'ghost.log') })
    await expect(supervisor.start(component)).rejects.toThrow(/ghost could not be started: .*ENOENT/)
  })
})

describe('stop', () => {
  test('stops all components in reverse order', async () => {
    const order = join(folder, 'order')
    const polite = (name: string) =>
      shell(name, `trap 'echo ${name} >> ${order}; exit 0' TERM; touch ${join(folder, name)}; while :; do sleep 0.05; done`, {
        checkReady: async () => void (await readFile(join(folder, name))),
      })
    for (const name of ['one', 'two', 'three']) await supervisor.start(polite(name))
    const identities = ['one', 'two', 'three'].map(identityOf)
    await supervisor.stop()
    expect(identities.filter(isAlive)).toEqual([])
    await expect(readFile(order, 'utf8')).resolves.toBe('three\ntwo\none\n')
    await expect(readState(stateFile)).resolves.toBeUndefined()
  })

  test('does not restart a component that was waiting for its restart', async () => {
    await supervisor.start(sleeper('part'))
    supervisor.signal('part', 'SIGKILL')
    await waitFor(() => expect(supervisor.identityOf('part')).toBeUndefined())
    await supervisor.stop()
    expect(supervisor.identityOf('part')).toBeUndefined()
    expect(supervisor.restartsOf('part')).toBe(0)
  })
})

describe('stopRecorded', () => {
  test('stops only the components of a crashed supervisor', async () => {
    const left = startStray()
    const other = startStray()
    await writeState(stateFile, {
      bootId: currentBootId(),
      supervisor: buildDeadIdentity(),
      parts: [{ name: 'left', identity: left, restarts: 0 }],
    })
    await expect(stopRecorded(stateFile)).resolves.toBe('cleaned-after-crash')
    expect(isAlive(left)).toBe(false)
    expect(isAlive(other)).toBe(true)
    await expect(stopRecorded(stateFile)).resolves.toBe('nothing-ran')
  })

  test('does not touch a process with the pid of a recorded one', async () => {
    const innocent = startStray()
    const recorded = { ...innocent, startTicks: String(Number(innocent.startTicks) - 100) }
    await writeState(stateFile, {
      bootId: currentBootId(),
      supervisor: recorded,
      parts: [{ name: 'reused', identity: recorded, restarts: 0 }],
    })
    await expect(stopRecorded(stateFile)).resolves.toBe('nothing-ran')
    expect(isAlive(innocent)).toBe(true)
  })

  test('ignores processes that were recorded before a reboot', async () => {
    const innocent = startStray()
    const bootId = '00000000-0000-4000-8000-000000000000'
    await writeState(stateFile, { bootId, supervisor: innocent, parts: [{ name: 'same numbers', identity: innocent, restarts: 0 }] })
    await expect(stopRecorded(stateFile)).resolves.toBe('nothing-ran')
    expect(isAlive(innocent)).toBe(true)
    await expect(readState(stateFile)).resolves.toBeUndefined()
  })

  test('rejects a damaged file', async () => {
    await writeFile(stateFile, '{"supervisor":')
    await expect(stopRecorded(stateFile)).rejects.toThrow(/damaged/)
  })
})

/** Returns an identity that no process has: its start time is before that of the first process. */
function buildDeadIdentity(): ProcessIdentity {
  const self = identityOfPid(process.pid)
  if (!self) throw new Error('this process was not found in /proc')
  return { ...self, startTicks: '0' }
}
