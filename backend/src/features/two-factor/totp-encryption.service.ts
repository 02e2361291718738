import type { Logger } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Database, type Queryable } from '../../platform/database/database.js'
import type { Job } from '../../platform/jobs/job.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { SecretCipher } from '../../platform/secrets/secret-cipher.js'
import { decryptTotp, encryptTotp } from './totp-secrets.js'

interface SecretRow {
  readonly accountId: string
  readonly secret: string
}

/** Encrypts the secrets of second factors again after the key was replaced, so that the old key can be removed. */
@Injectable()
export class TotpEncryptionService {
  constructor(
    private readonly database: Database,
    private readonly cipher: SecretCipher,
    @InjectLogger() private readonly log: Logger,
  ) {}

  jobs(): readonly Job[] {
    return [{ name: 'encrypt-totp-secrets', schedule: '38 * * * *', atStart: true, run: () => this.encryptAll() }]
  }

  async encryptAll(): Promise<void> {
    const encrypted = await this.database.transaction((tx) => this.#encryptRows(tx))
    if (encrypted > 0) this.log.info({ encrypted }, 'secrets of second factors encrypted with the new key')
  }

  async #encryptRows(tx: Queryable): Promise<number> {
    const rows = await tx.query<SecretRow>(
      'SELECT account_id AS "accountId", totp_secret AS secret FROM accounts WHERE totp_secret IS NOT NULL ORDER BY account_id FOR UPDATE',
    )
    let encrypted = 0
    for (const { accountId, secret } of rows) {
      const plain = this.cipher.isCurrent(secret) ? undefined : decryptTotp(this.cipher, accountId, secret)
      if (plain === undefined) continue
      await tx.execute('UPDATE accounts SET totp_secret = $2 WHERE account_id = $1', [
        accountId,
        encryptTotp(this.cipher, accountId, plain),
      ])
      encrypted++
    }
    return encrypted
  }
}
