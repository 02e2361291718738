import { newApiKey, type ProcessContext } from '@guardimesh/kit'
import type { CreateKeyConfig } from '../config/create-key-config.js'
import { ApiKeyRepository } from '../features/api-keys/api-key.repository.js'
import { insertApiKey } from '../features/api-keys/insert-api-key.js'
import { AuditRepository } from '../platform/audit/audit.repository.js'
import { SYSTEM_ACTOR } from '../platform/audit/request-origin.js'
import { Database } from '../platform/database/database.js'
import { writeSecretFile } from '../platform/files/write-secret-file.js'

/** Creates an API key directly in the database, for installers. The key is written to the file only. */
export async function runCreateKey({ config, log, resources }: ProcessContext<CreateKeyConfig>): Promise<void> {
  const { databaseUrl, request, outFile } = config
  const database = new Database({ databaseUrl, applicationName: 'guardimesh create-key' })
  resources.defer(() => database.close())
  const key = newApiKey()
  const store = { apiKeys: new ApiKeyRepository(database), audit: new AuditRepository() }
  await database.transaction(async (tx) => {
    await insertApiKey(tx, store, { ...request, key, actor: SYSTEM_ACTOR })
    // Before the commit: a file with an invalid key does less harm than a valid key that was never written to a file.
    await writeSecretFile(outFile, `${key.key}\n`)
  })
  log.info({ prefix: key.prefix, outFile }, 'API key created')
}
