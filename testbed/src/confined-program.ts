import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UserIds } from './unprivileged-user.js'

export interface ConfinedOptions {
  /** Receives the files of the runtime; the caller removes it. */
  readonly folder: string
  /** Seccomp profile in the format of OCI runtimes. */
  readonly seccompProfile: string
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Default: root, with access to the files of other users and no other capability. */
  readonly user?: UserIds | undefined
}

export interface ConfinedProgram {
  /** Runs the program in the foreground: forwards outputs and signals, and exits with its code. */
  readonly command: string
  readonly args: readonly string[]
  /** @returns 0 until it runs. */
  pid(): number
}

/** Prepares a program of this machine for runc, as the runtime of a node starts it: with a seccomp profile and without new privileges. */
export function confineProgram({ folder, seccompProfile, command, env, user }: ConfinedOptions): ConfinedProgram {
  const bundle = mkdtempSync(join(folder, 'confined-'))
  const capabilities = ['CAP_DAC_OVERRIDE']
  const config = {
    ociVersion: '1.0.2',
    root: { path: 'root' },
    mounts: mountsOfThisMachine(join(bundle, 'root')),
    process: {
      user: user ?? { uid: 0, gid: 0 },
      args: command,
      env: Object.entries({ PATH: '/usr/sbin:/usr/bin', ...env }).map(([name, value]) => `${name}=${value}`),
      cwd: '/',
      noNewPrivileges: true,
      capabilities: user ? {} : { bounding: capabilities, permitted: capabilities, effective: capabilities },
    },
    linux: { namespaces: [{ type: 'mount' }], seccomp: JSON.parse(seccompProfile) },
  }
  writeFileSync(join(bundle, 'config.json'), JSON.stringify(config))
  const pidFile = join(bundle, 'pid')
  const options = ['--root', join(bundle, 'state'), '--log', join(bundle, 'log')]
  return {
    command: '/usr/sbin/runc',
    args: [...options, 'run', '--bundle', bundle, '--pid-file', pidFile, `guardimesh-${bundle.slice(-6)}`],
    pid: () => (readdirSync(bundle).includes('pid') ? Number(readFileSync(pidFile, 'latin1')) : 0),
  }
}

/** Links and mounts of a root folder that shows the files of this machine; runc cannot use the machine's root itself. */
function mountsOfThisMachine(root: string) {
  mkdirSync(root)
  const entries = readdirSync('/', { withFileTypes: true })
  for (const { name } of entries.filter((entry) => entry.isSymbolicLink())) symlinkSync(readlinkSync(`/${name}`), join(root, name))
  const folders = entries.filter((entry) => entry.isDirectory())
  return folders.map(({ name }) => ({ destination: `/${name}`, source: `/${name}`, type: 'bind', options: ['rbind'] }))
}
