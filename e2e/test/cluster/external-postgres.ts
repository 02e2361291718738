import { spawn } from 'node:child_process'
import { chmod, chown, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { createAuthority } from '@guardimesh/testbed/certificates.js'
import type { Cluster } from '../../src/cluster/cluster.js'
import { waitFor } from '../../src/wait-for.js'

const BINARIES = '/usr/lib/postgresql/15/bin'
const ADDRESS = '10.99.0.200'
const MACHINE = 'postgres'
const USER = 'guardimesh'

/** Debian's PostgreSQL on a separate machine outside the cluster, with TLS connections only. */
export interface ExternalPostgres {
  /** Values of the Secret that the platform is given. */
  readonly secret: Readonly<Record<string, string>>
  readonly address: string
  stop(): Promise<void>
}

/** @param host name under which pods reach it, and which its certificate has. */
export async function startExternalPostgres(cluster: Cluster, folder: string, host: string): Promise<ExternalPostgres> {
  const data = join(folder, 'external-postgres')
  const password = 'not-a-secret-outside-of-this-test'
  const prefix = await cluster.addExternalMachine(MACHINE, ADDRESS)
  const authority = await createAuthority('database of a test')
  const { certificateFile, keyFile } = await authority.issue(`DNS:${host}`)
  const [uid, gid] = [Number(await runChecked('id', ['-u', 'postgres'])), Number(await runChecked('id', ['-g', 'postgres']))]
  await mkdir(data)
  await chmod(folder, 0o755)
  await chown(data, uid, gid)
  const passwordFile = join(folder, 'external-password')
  await writeFile(passwordFile, password, { mode: 0o644 })
  const initdb = [
    `${BINARIES}/initdb`,
    '-D',
    data,
    '-U',
    USER,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ]
  await runChecked('setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', ...initdb])
  for (const [from, name] of [[certificateFile, 'server.crt'] as const, [keyFile, 'server.key'] as const]) {
    await copyFile(from, join(data, name))
    await chown(join(data, name), uid, gid)
    await chmod(join(data, name), 0o600)
  }
  await writeFile(join(data, 'pg_hba.conf'), 'hostssl all all 0.0.0.0/0 scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n')
  const settings = ['-c', 'ssl=on', '-c', 'listen_addresses=*', '-c', `unix_socket_directories=${data}`, '-c', 'fsync=off']
  const [command = '', ...args] = [...prefix, 'setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups']
  const server = spawn(command, [...args, `${BINARIES}/postgres`, '-D', data, ...settings], { stdio: 'ignore' })
  const query = (sql: string, database: string) =>
    runChecked(command, [...args, 'env', `PGPASSWORD=${password}`, 'psql', '-h', '127.0.0.1', '-U', USER, '-d', database, '-c', sql])
  await waitFor(() => query('SELECT 1', 'postgres'), 30_000)
  await query('CREATE DATABASE guardimesh', 'postgres')
  const ca = await readFile(authority.caFile, 'utf8')
  return {
    address: ADDRESS,
    secret: { host, port: '5432', dbname: 'guardimesh', username: USER, password, 'ca.crt': ca },
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      // Fast: the platform's connections are not waited for.
      server.kill('SIGINT')
      await ended
      await cluster.removeExternalMachine(MACHINE)
    },
  }
}
