import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { messages } from '@guardimesh/contracts'
import { createLogger, serveUnixSocket } from '@guardimesh/kit'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { expect, onTestFinished, test } from 'vitest'

const ENTRY = join(import.meta.dirname, '../../dist/cli/scan-now.js')

function start(env: NodeJS.ProcessEnv, ...args: string[]) {
  const child = spawn(process.execPath, [ENTRY, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = Promise.all([text(child.stdout), text(child.stderr)])
  const end = async () => {
    const [[code], [stdout, stderr]] = await Promise.all([once(child, 'close'), output])
    return { code, stdout, stderr }
  }
  return { child: child as ChildProcess, end }
}

test('fails when it is interrupted, because findings may be missing', async () => {
  const folder = await temporaryFolder('scan-now')
  const server = await serveUnixSocket({
    socketPath: join(folder, 'scanner.sock'),
    request: messages.ScannerRequest,
    answer: messages.ScannerResponse,
    log: createLogger('scanner', 'silent'),
    handle: ({ requestId }, send) => send({ requestId: requestId ?? 0, progress: { podName: 'web', findings: 1, remaining: 1 } }),
  })
  onTestFinished(async () => {
    server.close()
    await rm(folder, { recursive: true })
  })
  const { child, end } = start({ RUN_FOLDER: folder })
  child.stdout?.once('data', () => child.kill('SIGINT'))
  const { code, stdout, stderr } = await end()
  expect(code).toBe(2)
  expect(stdout).toMatch(/^web .*1 findings.*\n$/)
  expect(stderr).toBe('scan-now: stopped by SIGINT\n')
})

test('shows the help without any setting', async () => {
  const { code, stdout } = await start({}, '--help').end()
  expect(code).toBe(0)
  expect(stdout).toContain('--ignore-cache')
})

test('exits with 78 for invalid options and settings', async () => {
  expect(await start({}, '--all').end()).toMatchObject({ code: 78, stderr: expect.stringContaining("Unknown option '--all'") })
  expect(await start({}).end()).toMatchObject({ code: 78, stderr: expect.stringContaining('RUN_FOLDER') })
})
