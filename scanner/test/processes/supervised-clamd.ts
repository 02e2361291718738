import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SECCOMP_PROFILES } from '@guardimesh/kit/seccomp/seccomp-profiles'
import { clamdConfig } from '@guardimesh/testbed/clamd.js'
import { confineProgram } from '@guardimesh/testbed/confined-program.js'
import { userNamed } from '@guardimesh/testbed/unprivileged-user.js'

/** A clamd with the seccomp profile of its container that is restarted whenever it exits, as the kubelet does. */
export interface SupervisedClamd extends AsyncDisposable {
  /** Ids of all started processes, oldest first. */
  readonly pids: readonly number[]
}

/** @param folder must be accessible to all users; the program is copied there, so that its AppArmor profile does not apply. */
export async function superviseClamd(folder: string, configFile: string): Promise<SupervisedClamd> {
  const program = join(folder, 'clamd')
  await copyFile('/usr/sbin/clamd', program)
  await chmod(program, 0o755)
  const user = await userNamed('clamav')
  const command = [program, `--config-file=${configFile}`]
  const confined = () => confineProgram({ folder, seccompProfile: SECCOMP_PROFILES.antivirus.content, command, env: {}, user })
  const pids: number[] = []
  let isStopped = false
  let end: () => void = () => {}
  const run = async () => {
    while (!isStopped) {
      const runtime = confined()
      const child = spawn(runtime.command, runtime.args, { stdio: 'ignore' })
      pids.push(child.pid ?? 0)
      end = () => child.kill('SIGTERM')
      await once(child, 'exit')
    }
  }
  const running = run()
  return {
    pids,
    async [Symbol.asyncDispose]() {
      isStopped = true
      end()
      await running
    },
  }
}

/** Writes a clamd.conf for the user `clamav` with its socket in `<folder>/clam`, where the puller may write its own. Creates the folders. */
export async function writeClamdTemplate(folder: string, databaseFolder: string): Promise<{ configFile: string; socketPath: string }> {
  const [clam, temporaryFolder] = [join(folder, 'clam'), join(folder, 'tmp')]
  const owner = process.getuid?.() === 0 ? await userNamed('clamav') : undefined
  for (const path of [clam, temporaryFolder]) {
    await mkdir(path)
    if (owner) await chown(path, owner.uid, owner.gid)
    await chmod(path, 0o755)
  }
  const [configFile, socketPath] = [join(folder, 'clamd.conf.template'), join(clam, 'clamd.sock')]
  const settings = owner ? { User: 'clamav' } : {}
  await writeFile(configFile, clamdConfig({ socketPath, databaseFolder, temporaryFolder, settings }))
  return { configFile, socketPath }
}
