import { join } from 'node:path'
import { startPostgres } from '@guardimesh/testbed/postgres.js'
import type { Settings, StackContext } from './context.js'
import { testbedPart } from './testbed-part.js'

/** How to reach a database. */
export interface DatabaseAccess {
  /** `postgres://user@host:port/database`, without the password. */
  readonly url: string
  readonly passwordFile: string | undefined
}

/** Starts our own PostgreSQL; after a crash it comes back at the same port. */
export async function startDatabase(context: StackContext): Promise<DatabaseAccess> {
  const folder = context.folders.postgres
  let access: (DatabaseAccess & { readonly port: number }) | undefined
  const part = testbedPart({
    name: 'postgres',
    logFile: join(folder, 'postgres.log'),
    start: () => startPostgres({ folder, ...(access ? { port: access.port } : {}) }),
    onStart: ({ url, passwordFile, port }) => {
      access = { url, passwordFile, port }
    },
  })
  await context.supervisor.start(part)
  if (!access) throw new Error('unreachable: a started part has called onStart')
  return access
}

/** The database settings of the backend's processes. Pure. */
export function databaseSettings({ url, passwordFile }: DatabaseAccess): Settings {
  return { DATABASE_URL: url, ...(passwordFile === undefined ? {} : { DATABASE_PASSWORD_FILE: passwordFile }) }
}
