import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSecretFile } from '@guardimesh/kit'
import { HISTORY_TABLE, migrateDatabase } from '@guardimesh/migrations'
import { startPostgres } from '@guardimesh/testbed/postgres.js'
import { Client } from 'pg'
import { describeSchema } from './data-model/describe-schema.js'
import { readSchema } from './data-model/read-schema.js'
import { REPOSITORY_FOLDER } from './stack/folders.js'

/** `node dev/dist/gen-data-model.js`: migrates an empty PostgreSQL and writes its schema to `docs/reference/data-model.md`. */
const folder = await mkdtemp(join(tmpdir(), 'guardimesh-data-model-'))
try {
  const postgres = await startPostgres({ folder, durable: false })
  try {
    const url = new URL(postgres.url)
    url.password = await readSecretFile(postgres.passwordFile)
    await migrateDatabase({ url: url.href })
    const client = new Client({ connectionString: url.href })
    await client.connect()
    try {
      const tables = await readSchema(client, [HISTORY_TABLE])
      await writeFile(join(REPOSITORY_FOLDER, 'docs/reference/data-model.md'), describeSchema(tables))
    } finally {
      await client.end()
    }
  } finally {
    await postgres.stop()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
