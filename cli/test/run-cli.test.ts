import { expect, test } from 'vitest'
import { runCli } from '../src/run-cli.js'
import { captureOutput } from './fixture/capture-output.js'

const run = (...args: string[]) => captureOutput(() => runCli(args))

test.each([
  { args: ['--help'], text: 'support-bundle' },
  { args: ['--version'], text: '0.1.0' },
  { args: ['bundle', 'load', '--help'], text: 'Examples:' },
  { args: ['doctor', 'node', '--help'], text: '--host-root' },
  { args: ['restore', '--help'], text: 'An interrupted restore' },
  { args: ['signatures', '--help'], text: 'roll-out' },
  { args: ['signatures', 'pack', '--help'], text: 'Examples:' },
  { args: ['signatures', 'push', '--help'], text: 'GUARDIMESH_API_KEY_FILE' },
])('guardimesh $args prints help', async ({ args, text }) => {
  expect(await run(...args)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(text) })
})

test.each([
  { args: ['nothing'], text: "unknown command 'nothing'" },
  { args: ['bundle', 'verify', 'x'], text: "required option '--public-key <file>' not specified" },
  { args: ['bundle', 'build', '--volume-size', 'big'], text: 'Specify a size of at least 1M' },
  { args: ['signatures', 'pack', 'x', '--output', 'y'], text: "required option '--key <file>' not specified" },
  { args: ['signatures', 'roll-out', 'sideways'], text: 'Allowed choices are promote, hold, discard' },
  { args: ['doctor', 'node', '--profile', 'huge'], text: 'Allowed choices are full, linux' },
  { args: ['bundle', 'load', 'x', '--public-key', 'y', '--k3s', '--registry', 'r'], text: 'specify one target' },
  { args: ['bundle', 'load', 'x', '--public-key', 'y', '--rke2', '--k0s'], text: 'specify one target' },
])('guardimesh $args is a usage error', async ({ args, text }) => {
  expect(await run(...args)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(text) })
})

test('doctor node checks this machine', async () => {
  const { stdout } = await run('doctor', 'node', '--json')
  const names = JSON.parse(stdout).map(({ name }: { name: string }) => name)
  expect(names).toEqual(['kernel', 'fanotify', 'overlayfs', 'BTF', 'seccomp', 'cgroups', 'runtime', 'disk', 'memory', 'clock', 'DNS'])
})

test('reports a missing key without a stack trace', async () => {
  expect(await run('bundle', 'verify', 'x', '--public-key', '/no/such.pub')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: "guardimesh: The key file /no/such.pub cannot be read: ENOENT: no such file or directory, open '/no/such.pub'.\n",
  })
})
