import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface FreshclamRun {
  /** Folder of `freshclam.conf` and the databases. */
  readonly folder: string
  /** `DatabaseMirror` downloads deltas, `PrivateMirror` full files. */
  readonly mirror: 'DatabaseMirror' | 'PrivateMirror'
  readonly url: string
  readonly caFile: string
  /** Databases to update, without file extension. */
  readonly databases?: readonly string[]
  readonly customUrls?: readonly string[]
}

/** Runs Debian's freshclam once with a typical configuration for a mirror. */
export async function runFreshclam(run: FreshclamRun): Promise<{ exitCode: number; output: string }> {
  const { folder, mirror, url, caFile, databases = [], customUrls = [] } = run
  await mkdir(join(folder, 'db'), { recursive: true })
  const configFile = join(folder, 'freshclam.conf')
  const lines = [
    `${mirror} ${url}`,
    `DatabaseDirectory ${join(folder, 'db')}`,
    'DatabaseOwner root',
    `UpdateLogFile ${join(folder, 'freshclam.log')}`,
    'DNSDatabaseInfo no',
    'MaxAttempts 1',
    ...['main', 'daily', 'bytecode'].map((name) => `ExcludeDatabase ${name}`),
    ...databases.map((name) => `ExtraDatabase ${name}`),
    ...customUrls.map((address) => `DatabaseCustomURL ${address}`),
  ]
  await writeFile(configFile, `${lines.join('\n')}\n`)
  // freshclam counts failures in this file and backs off after several failures.
  await rm(join(folder, 'db', 'freshclam.dat'), { force: true })
  const env = { PATH: process.env.PATH ?? '', CURL_CA_BUNDLE: caFile }
  return new Promise((resolve) => {
    execFile('freshclam', ['--verbose', `--config-file=${configFile}`], { env, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), output: `${stdout}${stderr}` }),
    )
  })
}
