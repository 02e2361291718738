import type { Logger } from '@guardimesh/kit'
import { ENCRYPTED_SECRETS_MIGRATION, HISTORY_TABLE } from '@guardimesh/migrations'
import { Injectable } from '@nestjs/common'
import { Database, type Queryable } from '../../platform/database/database.js'
import type { Job } from '../../platform/jobs/job.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { SecretCipher } from '../../platform/secrets/secret-cipher.js'
import { isReadable, type ReceiverSettings } from './channel.js'
import { decryptSecrets, renewSecrets, type SecretTexts } from './channel-secrets.js'

interface SecretsRow {
  readonly channelId: string
  readonly settings: ReceiverSettings
  readonly secrets: SecretTexts
}

interface EncryptedRow {
  readonly channelId: string
  readonly isChanged: boolean
  readonly isReadable: boolean
}

/** Encrypts secrets of channels that an earlier version or a restored database contains in plain text, or that an older key encrypts. */
@Injectable()
export class ChannelEncryptionService {
  constructor(
    private readonly database: Database,
    private readonly cipher: SecretCipher,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** Returns the job for the worker process. It repeats because an API of an earlier version may still run during an upgrade. */
  jobs(): readonly Job[] {
    return [{ name: 'encrypt-channel-secrets', schedule: '37 * * * *', atStart: true, run: () => this.encryptAll() }]
  }

  /**
   * Encrypts all channels in one transaction; other workers and changes of the same channels wait for it. Does nothing while the schema is
   * that of an earlier version, as in the middle of a rollback: that version cannot decrypt them.
   */
  async encryptAll(): Promise<void> {
    const rows = await this.database.transaction((tx) => this.#encryptRows(tx))
    const encrypted = rows.filter(({ isChanged }) => isChanged).length
    const unreadable = rows.filter((row) => !row.isReadable).map(({ channelId }) => channelId)
    if (encrypted > 0) this.log.info({ encrypted }, 'secrets of notification channels encrypted')
    if (unreadable.length > 0)
      this.log.warn({ channelIds: unreadable }, 'secrets of notification channels cannot be decrypted; enter them again in the console')
  }

  async #encryptRows(tx: Queryable): Promise<EncryptedRow[]> {
    const migrated = await tx.query<object>(`SELECT 1 FROM ${HISTORY_TABLE} WHERE name = $1`, [ENCRYPTED_SECRETS_MIGRATION])
    if (migrated.length === 0) return []
    const rows = await tx.query<SecretsRow>(
      'SELECT channel_id AS "channelId", settings, secrets FROM notification_channels ORDER BY channel_id FOR UPDATE',
    )
    const encrypted: EncryptedRow[] = []
    for (const channel of rows) {
      const { channelId, secrets } = channel
      const renewed = renewSecrets(this.cipher, channel, secrets)
      if (renewed)
        await tx.execute('UPDATE notification_channels SET secrets = $1 WHERE channel_id = $2', [JSON.stringify(renewed), channelId])
      const isAllReadable = isReadable(decryptSecrets(this.cipher, channel, secrets))
      encrypted.push({ channelId, isChanged: renewed !== undefined, isReadable: isAllReadable })
    }
    return encrypted
  }
}
