import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { runChecked } from '@guardimesh/kit'
import { expect, test } from 'vitest'
import { MountChanges } from '../../src/node/mount-changes.js'

test('notices each change of the mounts of a namespace once', async () => {
  // A namespace of its own: other programs mount something at any time.
  const child = spawn('unshare', ['--mount', 'sh', '-c', 'echo ready; exec sleep 100'], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await once(child.stdout, 'data')
    const pid = child.pid as number
    const inNamespace = (...command: string[]) => runChecked('nsenter', ['--target', String(pid), '--mount', ...command])
    const changes = new MountChanges('/', pid)
    expect(changes.take()).toBe(false)
    await inNamespace('mount', '-t', 'tmpfs', 'tmpfs', '/mnt')
    expect([changes.take(), changes.take()]).toEqual([true, false])
    await inNamespace('umount', '/mnt')
    expect([changes.take(), changes.take()]).toEqual([true, false])
  } finally {
    child.kill()
  }
})
