import { join } from 'node:path'
import { startPostgres } from '@guardimesh/testbed/postgres.js'
import type { Settings, StackContext } from './context.js'
import { testbedComponent } from './testbed-component.js'

/** Address and credentials of a database. */
export interface DatabaseAccess {
  /** `postgres://user@host:port/database`, without the password. */
  readonly url: string
  readonly passwordFile: string | undefined
}

/** Starts a private PostgreSQL; after a crash it restarts on the same port. */
export async function startDatabase(context: StackContext): Promise<DatabaseAccess> {
  const folder = context.folders.postgres
  let access: (DatabaseAccess & { readonly port: number }) | undefined
  const component = testbedComponent({
    name: 'postgres',
    logFile: join(folder, 'postgres.log'),
    start: () => startPostgres({ folder, ...(access ? { port: access.port } : {}) }),
    onStart: ({ url, passwordFile, port }) => {
      access = { url, passwordFile, port }
    },
  })
  await context.supervisor.start(component)
  if (!access) throw new Error('unreachable: a started component has called onStart')
  return access
}

/** Builds the database settings of the backend's processes. Pure. */
export function databaseSettings({ url, passwordFile }: DatabaseAccess): Settings {
  return { DATABASE_URL: url, ...(passwordFile === undefined ? {} : { DATABASE_PASSWORD_FILE: passwordFile }) }
}
