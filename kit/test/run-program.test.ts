import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ProgramError, runChecked, runProgram } from '@guardimesh/kit'
import { expect, test } from 'vitest'

const shell = (script: string): [string, string[]] => ['/bin/sh', ['-c', script]]

test('returns exit code and both outputs', async () => {
  const result = await runProgram(...shell('echo out; echo err >&2; exit 3'))
  expect(result).toEqual({ exitCode: 3, signal: null, stdout: 'out\n', stderr: 'err\n' })
})

test('returns the signal that terminated the program', async () => {
  expect(await runProgram(...shell('kill -TERM $$'))).toMatchObject({ exitCode: null, signal: 'SIGTERM' })
})

test('throws on failure with the command and its output', async () => {
  await expect(runProgram(...shell('echo broken >&2; exit 3'), { throwOnFailure: true })).rejects.toThrow(
    '/bin/sh -c echo broken >&2; exit 3 failed: exit code 3: broken',
  )
})

test.each([
  { name: 'a string', input: 'abc' },
  { name: 'bytes', input: Buffer.from('abc') },
  { name: 'a stream', input: Readable.from(['a', 'bc']) },
])('passes $name as standard input', async ({ input }) => {
  expect(await runProgram('cat', [], { input })).toMatchObject({ exitCode: 0, stdout: 'abc' })
})

test('ignores input that the program does not read', async () => {
  expect(await runProgram('true', [], { input: 'x'.repeat(1_000_000) })).toMatchObject({ exitCode: 0 })
})

test('fails when the input stream fails', async () => {
  const input = new Readable({ read: () => input.destroy(new Error('disk error')) })
  await expect(runProgram('cat', [], { input })).rejects.toThrow('cat failed: disk error')
})

test('reports a missing program with its cause', async () => {
  const failure = await runProgram('no-such-program', []).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ProgramError)
  expect(failure).toMatchObject({ message: 'no-such-program failed: the program was not found', cause: { code: 'ENOENT' } })
})

test('kills the whole process group at the timeout', async () => {
  const failure = await runProgram(...shell('sleep 60 & echo $!; wait'), { timeoutMs: 200 }).catch((error: unknown) => error)
  expect(String(failure)).toContain('failed: timed out after 200 ms')
  expect(failure).toBeInstanceOf(ProgramError)
  const pid = Number((failure as ProgramError).result?.stdout)
  await expect.poll(() => isRunning(pid)).toBe(false)
})

test('does not wait for a process that left the group', async () => {
  await expect(runProgram(...shell('setsid sleep 2 & wait'), { timeoutMs: 100 })).rejects.toThrow('timed out after 100 ms')
}, 1500)

test("throws the signal's reason after the program has ended", async () => {
  const stop = new AbortController()
  const run = runProgram(...shell('trap "exit 0" TERM; sleep 60 & wait'), { signal: stop.signal, killSignal: 'SIGTERM' })
  stop.abort(new Error('stopping'))
  await expect(run).rejects.toThrow('stopping')
})

test('kills a program that exceeds the output limit', async () => {
  await expect(runProgram(...shell('yes'), { maxOutputBytes: 1000, timeoutMs: 10_000 })).rejects.toThrow('printed more than 1000 bytes')
})

test('keeps the end of standard error', async () => {
  const { stderr } = await runProgram(...shell('seq 1 1000 >&2'), { maxOutputBytes: 9 })
  expect(stderr).toBe('999\n1000\n')
})

test('streams standard output', async () => {
  let sizeBytes = 0
  const readStdout = async (stdout: Readable) => {
    sizeBytes = (await buffer(stdout)).length
  }
  const result = await runProgram(...shell('head -c 3000 /dev/zero'), { readStdout, maxOutputBytes: 10 })
  expect({ sizeBytes, stdout: result.stdout }).toEqual({ sizeBytes: 3000, stdout: '' })
})

test('rejects with the error of the reader, and does not block on the rest of the output', async () => {
  const readStdout = async () => {
    throw new Error('not a tar archive')
  }
  await expect(runProgram(...shell('head -c 4000000 /dev/zero'), { readStdout })).rejects.toThrow(/not a tar archive/)
})

test('runChecked returns standard output and throws on failure', async () => {
  expect(await runChecked(...shell('echo out'))).toBe('out\n')
  await expect(runChecked(...shell('exit 1'))).rejects.toThrow('failed: exit code 1')
})

test('passes environment and working folder', async () => {
  const result = await runProgram(...shell('echo $NAME; pwd'), { env: { NAME: 'a' }, cwd: '/' })
  expect(result.stdout).toBe('a\n/\n')
})

/** Returns false for a process that does not exist or is a zombie. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
