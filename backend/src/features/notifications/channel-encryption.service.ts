import type { Logger } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'
import type { Job } from '../../platform/jobs/job.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { SecretCipher } from '../../platform/secrets/secret-cipher.js'
import { isReadable } from './channel.js'
import { decryptSecrets, renewSecrets, type SecretTexts } from './channel-secrets.js'

interface SecretsRow {
  readonly channelId: string
  readonly secrets: SecretTexts
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

  /** Encrypts all channels in one transaction; other workers and changes of the same channels wait for it. */
  async encryptAll(): Promise<void> {
    const { encrypted, unreadable } = await this.database.transaction(async (tx) => {
      const rows = await tx.query<SecretsRow>(
        'SELECT channel_id AS "channelId", secrets FROM notification_channels ORDER BY channel_id FOR UPDATE',
      )
      let changed = 0
      for (const { channelId, secrets } of rows) {
        const renewed = renewSecrets(this.cipher, channelId, secrets)
        if (!renewed) continue
        await tx.execute('UPDATE notification_channels SET secrets = $1 WHERE channel_id = $2', [JSON.stringify(renewed), channelId])
        changed++
      }
      const isBroken = ({ channelId, secrets }: SecretsRow) => !isReadable(decryptSecrets(this.cipher, channelId, secrets))
      return { encrypted: changed, unreadable: rows.filter(isBroken).map(({ channelId }) => channelId) }
    })
    if (encrypted > 0) this.log.info({ encrypted }, 'secrets of notification channels encrypted')
    if (unreadable.length > 0)
      this.log.warn({ channelIds: unreadable }, 'secrets of notification channels cannot be decrypted; enter them again in the console')
  }
}
