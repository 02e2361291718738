import { parseArgs } from 'node:util'
import { CreateApiKey } from '@guardimesh/contracts'
import { ConfigError, createLogger, newApiKey, runProcess } from '@guardimesh/kit'
import { z } from 'zod'
import { readCommandConfig } from './config/command-config.js'
import { ApiKeyRepository } from './features/api-keys/api-key.repository.js'
import { insertApiKey } from './features/api-keys/insert-api-key.js'
import { AuditRepository } from './platform/audit/audit.repository.js'
import { SYSTEM_ACTOR } from './platform/audit/request-origin.js'
import { Database } from './platform/database/database.js'
import { writeSecretFile } from './platform/files/write-secret-file.js'

const USAGE = 'usage: create-key --label <label> --scopes <ingestion,console:read> --out <file>'

/** Creates an API key directly in the database, for installers. The key is written to the file only. */
const log = createLogger('create-key')
await runProcess(log, async () => {
  const { request, outFile } = readArguments()
  const config = readCommandConfig()
  log.level = config.logLevel
  const database = new Database({ databaseUrl: config.databaseUrl, applicationName: 'guardimesh create-key' })
  try {
    const key = newApiKey()
    const store = { apiKeys: new ApiKeyRepository(database), audit: new AuditRepository() }
    await database.transaction(async (tx) => {
      await insertApiKey(tx, store, { ...request, key, actor: SYSTEM_ACTOR })
      // Before the commit: a file with an invalid key does less harm than a valid key that was never written to a file.
      await writeSecretFile(outFile, `${key.key}\n`)
    })
    log.info({ prefix: key.prefix, outFile }, 'API key created')
  } finally {
    await database.close()
  }
})

function readArguments(): { request: CreateApiKey; outFile: string } {
  try {
    const { values } = parseArgs({ options: { label: { type: 'string' }, scopes: { type: 'string' }, out: { type: 'string' } } })
    const request = CreateApiKey.safeParse({ label: values.label, scopes: values.scopes?.split(',').map((scope) => scope.trim()) })
    if (!request.success) throw new ConfigError(z.prettifyError(request.error))
    if (!values.out) throw new ConfigError('--out is required: the file for the key')
    return { request: request.data, outFile: values.out }
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
}
