import { mkdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clamdConfig, type RunningClamd, startClamd } from '../src/clamd.js'
import { eicarBytes, eicarShellCommand } from '../src/eicar.js'
import { identityOf } from '../src/process-identity.js'

import { temporaryFolder } from '../src/temporary-folder.js'

let root: string
let databaseFolder: string
let running: RunningClamd

beforeAll(async () => {
  root = await temporaryFolder('clamd-test')
  databaseFolder = join(root, 'signatures')
  await mkdir(databaseFolder)
  await writeFile(join(databaseFolder, 'own.ndb'), `Testbed.Eicar:0:0:${eicarBytes().toString('hex')}\n`)
  running = await startClamd({ folder: join(root, 'clamd'), databaseFolder })
})
afterAll(async () => {
  await running.stop()
  await rm(root, { recursive: true, force: true })
})

/** Sends bytes to clamd in one chunk and returns its answer. */
function scanStream(socketPath: string, content: Buffer): Promise<string> {
  const sizeOf = (bytes: number) => {
    const header = Buffer.alloc(4)
    header.writeUInt32BE(bytes)
    return header
  }
  return new Promise((resolve, reject) => {
    let answer = ''
    connect(socketPath)
      .on('data', (chunk) => {
        answer += chunk.toString('latin1')
      })
      .on('error', reject)
      .on('close', () => resolve(answer))
      .write(Buffer.concat([Buffer.from('zINSTREAM\0'), sizeOf(content.length), content, sizeOf(0)]))
  })
}

test.each([
  { name: 'detects EICAR', content: eicarBytes(), expected: 'stream: Testbed.Eicar.UNOFFICIAL FOUND\0' },
  { name: 'detects nothing in a text', content: Buffer.from('nothing to see'), expected: 'stream: OK\0' },
])('$name', async ({ content, expected }) => expect(await scanStream(running.socketPath, content)).toBe(expected))

test('the shell command writes the same bytes without containing them', async () => {
  const path = join(root, "a 'quoted' name")
  const command = eicarShellCommand(path)
  expect(command).not.toContain(eicarBytes().toString('latin1'))
  await runChecked('sh', ['-c', command])
  expect(await runChecked('cat', [path])).toBe(eicarBytes().toString('latin1'))
})

test('starts again after a kill, in the same folder', async () => {
  process.kill(running.pid, 'SIGKILL')
  running = await startClamd({ folder: join(root, 'clamd'), databaseFolder, settings: { DisableCache: 'yes' } })
  expect(await scanStream(running.socketPath, eicarBytes())).toContain('FOUND')
})

test('ends the clamd of a killed run', async () => {
  const left = running
  running = await startClamd({ folder: join(root, 'clamd'), databaseFolder })
  expect(identityOf(left.pid)).toBeUndefined()
})

test('reports the output of clamd for invalid signatures', async () => {
  const broken = join(root, 'broken')
  await mkdir(broken)
  await writeFile(join(broken, 'own.ndb'), 'this is no signature\n')
  const started = startClamd({ folder: join(root, 'other'), databaseFolder: broken })
  await expect(started).rejects.toMatchObject({ endedEarly: true })
  await expect(started).rejects.toThrow(/Malformed database/)
})

test('rejects a signature folder that its user cannot enter', async () => {
  const closed = join(root, 'closed')
  await mkdir(closed, { mode: 0o700 })
  await expect(startClamd({ folder: join(root, 'other'), databaseFolder: closed })).rejects.toThrow(closed)
})

test('a setting of the caller overrides the default', () => {
  const places = { socketPath: '/s', databaseFolder: '/d', temporaryFolder: '/t' }
  expect(clamdConfig(places)).toContain('MaxThreads 2\n')
  const text = clamdConfig({ ...places, settings: { MaxThreads: '4', DisableCache: 'yes' } })
  expect(text).toContain('MaxThreads 4\n')
  expect(text).not.toContain('MaxThreads 2')
  expect(text).toContain('DisableCache yes\n')
  expect(text).not.toContain('TCPSocket')
})
