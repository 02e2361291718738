import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, copyFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A clamd that is started again whenever it ends, as the kubelet does. */
export interface SupervisedClamd extends AsyncDisposable {
  /** Process ids so far, in the order of their start. */
  readonly pids: readonly number[]
}

/** @param folder everybody must be able to enter it; the program is copied there, where no AppArmor profile holds on to it. */
export async function superviseClamd(folder: string, configFile: string): Promise<SupervisedClamd> {
  const program = join(folder, 'clamd')
  await copyFile('/usr/sbin/clamd', program)
  await chmod(program, 0o755)
  const pids: number[] = []
  let isOver = false
  let end: () => void = () => {}
  const run = async () => {
    while (!isOver) {
      const child = spawn(program, [`--config-file=${configFile}`], { stdio: 'ignore' })
      pids.push(child.pid ?? 0)
      end = () => child.kill('SIGTERM')
      await once(child, 'exit')
    }
  }
  const running = run()
  return {
    pids,
    async [Symbol.asyncDispose]() {
      isOver = true
      end()
      await running
    },
  }
}
