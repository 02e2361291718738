import { componentName, PORTS } from '@guardimesh/contracts'
import { environment, mount, secretFiles } from './pod.js'
import { type ChildContext, serviceHost } from './settings.js'
import { CA_KEY, caBundleName } from './tls-names.js'

type Body = Readonly<Record<string, unknown>>

export const DATABASE_NAME = 'guardimesh'
export const DATABASE_USER = 'guardimesh'
export const CA_FOLDER = '/tls/ca'

/** How processes connect to the database. */
export interface DatabaseAccess {
  /** Connection URL without the password. */
  readonly url: string
  readonly passwordSecret: string
  /** Mounted keys of the Secret: the password, and the certificate authority if it has one. */
  readonly secretKeys: readonly string[]
  /** Changes with the address and the content of the Secret. */
  readonly hash: string
}

export const postgresPasswordSecret = (ownerName: string): string => `${componentName(ownerName, 'postgres')}-password`

/** Host name of the bundled database. Pure. */
export function bundledDatabaseHost(context: Pick<ChildContext, 'owner' | 'cluster'>): string {
  return serviceHost(context, componentName(context.owner.name, 'postgres'))
}

/** URL of the bundled database. Pure. */
export function bundledDatabaseUrl(context: ChildContext): string {
  return `postgres://${DATABASE_USER}@${bundledDatabaseHost(context)}:${PORTS.postgres}/${DATABASE_NAME}?sslmode=verify-full&sslrootcert=${CA_FOLDER}/${CA_KEY}`
}

export interface ExternalDatabase {
  readonly host: string
  readonly port: string
  readonly name: string
  readonly user: string
  readonly sslMode: string
  readonly hasAuthority: boolean
}

/** URL of an external database. Pure. */
export function externalDatabaseUrl({ host, port, name, user, sslMode, hasAuthority }: ExternalDatabase): string {
  const url = new URL('postgres://host')
  url.host = host.includes(':') ? `[${host}]` : host
  url.port = port
  url.username = encodeURIComponent(user)
  url.pathname = `/${encodeURIComponent(name)}`
  url.searchParams.set('sslmode', sslMode)
  if (hasAuthority) url.searchParams.set('sslrootcert', `${DATABASE_FOLDER}/${CA_KEY}`)
  return url.href
}

const DATABASE_FOLDER = '/secrets/database'

/** Environment, mounts and volumes of a process that uses the database. Pure. */
export function databaseParts({ owner }: ChildContext, access: DatabaseAccess): { env: Body[]; mounts: Body[]; volumes: Body[] } {
  return {
    env: environment({ DATABASE_URL: access.url, DATABASE_PASSWORD_FILE: `${DATABASE_FOLDER}/password` }),
    mounts: [mount('database', DATABASE_FOLDER, true), mount('ca', CA_FOLDER, true)],
    volumes: [
      secretFiles('database', access.passwordSecret, access.secretKeys),
      { name: 'ca', configMap: { name: caBundleName(owner.name) } },
    ],
  }
}
