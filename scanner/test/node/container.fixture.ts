import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A container without a runtime: a process in its own mount and PID namespaces, with an overlay as root and a folder of the node at /data. */
export interface BareContainer {
  readonly folder: string
  readonly upperdir: string
  readonly lowerdir: string
  readonly volume: string
  /** First process of the container, in the node's PID namespace. */
  readonly pid: number
  /** Runs a line in the container's shell, after the previous one has ended. Returns its output. */
  run(line: string): Promise<string>
  stop(): Promise<void>
}

const DONE = 'guardimesh-done'

/** Starts a container with the node's Busybox as image. The kernel removes its mounts together with its namespace. */
export async function startBareContainer(): Promise<BareContainer> {
  const folder = mkdtempSync(join(tmpdir(), 'gm-node-'))
  const at = (name: string) => join(folder, name)
  for (const name of ['lower/proc', 'lower/dev', 'lower/data', 'lower/old', 'lower/tmp', 'lower/bin', 'upper', 'work', 'root', 'volume'])
    mkdirSync(at(name), { recursive: true })
  copyFileSync('/bin/busybox', at('lower/bin/busybox'))
  execFileSync('mknod', [at('lower/dev/null'), 'c', '1', '3'])
  const script = [
    `mount -t overlay overlay -o lowerdir=${at('lower')},upperdir=${at('upper')},workdir=${at('work')} ${at('root')}`,
    `mount --bind ${at('volume')} ${at('root/data')}`,
    `mount -t proc proc ${at('root/proc')}`,
    `cd ${at('root')}`,
    'pivot_root . old',
    `exec /bin/busybox sh -c '/bin/busybox umount -l /old; while read -r line; do eval "$line"; echo ${DONE}; done'`,
  ].join(' && ')
  const child = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', '--propagation', 'private', 'sh', '-c', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const run = lineRunner(child)
  await run(':')
  const stop = async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
  return { folder, upperdir: at('upper'), lowerdir: at('lower'), volume: at('volume'), pid: childOf(child.pid as number), run, stop }
}

function lineRunner(child: ChildProcess): (line: string) => Promise<string> {
  const { stdin, stdout } = child
  if (!stdin || !stdout) throw new Error('the child has no pipes')
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  return async (line) => {
    stdin.write(`${line}\n`)
    const printed: string[] = []
    for (;;) {
      const { value, done } = await lines.next()
      if (done) throw new Error(`the container ended in: ${line}`)
      if (value === DONE) return printed.join('\n')
      printed.push(value)
    }
  }
}

function childOf(parentPid: number): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parentPid) return Number(name)
    } catch {
      // The process has exited in the meantime.
    }
  }
  throw new Error(`process ${parentPid} has no child`)
}
