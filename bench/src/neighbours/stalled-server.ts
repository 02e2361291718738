import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SECOND_MS } from '@guardimesh/contracts'
import { REPOSITORY_FOLDER } from '@guardimesh/dev/stack/folders.js'
import { runProgram, sleep } from '@guardimesh/kit'
import type { NeighbourSite } from './neighbour.js'

const SERVER = join(REPOSITORY_FOLDER, 'scanner/test/scanner/stalled-fuse.py')
const STALL_MS = 30 * SECOND_MS
const RUN_PROGRAM = '(exec -a sleep /net/m 1000 > /dev/null 2>&1 &)'
const READ_FILE = '(cat /net/m > /dev/null 2>&1 &)'

/** A program runs from a FUSE file system, and others read it, while its server is stopped. Ends with a restart of the node's processes. */
export async function runStalledServer({ folder, runPod, endProcesses }: NeighbourSite): Promise<string> {
  const mountPoint = join(folder, 'net')
  await mkdir(mountPoint)
  const server = spawn('python3', [SERVER, mountPoint, '/bin/busybox'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(server, 'exit')
  try {
    await Promise.race([once(server.stdout, 'data'), exited.then(() => Promise.reject(new Error('the FUSE server did not start')))])
    const pod = await runPod('stalled', [{ hostPath: mountPoint, containerPath: '/net' }])
    await pod.exec(['/bin/sh', '-c', RUN_PROGRAM])
    await sleep(SECOND_MS)
    server.kill('SIGSTOP')
    await pod.exec(['/bin/sh', '-c', READ_FILE])
    await sleep(STALL_MS)
    await endProcesses()
  } finally {
    await runProgram('umount', ['-l', mountPoint])
    // Ends the connection, and with it all calls that wait for the server.
    server.kill('SIGKILL')
    await exited
  }
  return `stopped for ${STALL_MS / SECOND_MS} s while a program runs from it and a process reads it`
}
