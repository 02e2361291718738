import { SECOND_MS } from '@guardimesh/contracts'
import { background, backoffMs, type Logger, messageOf, sleep } from '@guardimesh/kit'
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { Database } from '../../platform/database/database.js'
import { writeSecretFile } from '../../platform/files/write-secret-file.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { AccountRepository } from './account.repository.js'
import { insertFirstAdministrator } from './insert-first-administrator.js'
import { generatePassword } from './passwords.js'

/** Token of FirstAdministratorSettings. */
export const FIRST_ADMINISTRATOR = Symbol('first administrator')

export interface FirstAdministratorSettings {
  readonly email: string
  /** File for the generated password; undefined: no administrator is created. */
  readonly passwordFile: string | undefined
}

const RETRY = { firstMs: 200, maxMs: 10 * SECOND_MS }

/** Creates the first administrator if no account exists; once, even if several processes start. */
@Injectable()
export class FirstAdministrator implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stop = new AbortController()

  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly audit: AuditRepository,
    @Inject(FIRST_ADMINISTRATOR) private readonly settings: FirstAdministratorSettings,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** Creates the administrator before the start completes; retries in the background while the database is unavailable. */
  async onApplicationBootstrap(): Promise<void> {
    if (!(await this.#try())) background(this.log, 'first administrator', this.#tryUntilDone())
  }

  onApplicationShutdown(): void {
    this.#stop.abort()
  }

  async #tryUntilDone(): Promise<void> {
    for (let failures = 1; !this.#stop.signal.aborted; failures++) {
      await sleep(backoffMs(failures, RETRY), this.#stop.signal)
      if (this.#stop.signal.aborted || (await this.#try())) return
    }
  }

  async #try(): Promise<boolean> {
    try {
      await this.#ensure()
      return true
    } catch (error) {
      this.log.warn({ reason: messageOf(error) }, 'failed to create the first administrator; retrying')
      return false
    }
  }

  async #ensure(): Promise<void> {
    const { email, passwordFile } = this.settings
    if (passwordFile === undefined) {
      const rows = await this.database.query<object>('SELECT 1 FROM accounts LIMIT 1')
      if (rows.length === 0) this.log.warn('no account exists; set FIRST_ADMIN_PASSWORD_FILE to create the first one')
      return
    }
    const isCreated = await this.database.transaction((tx) =>
      insertFirstAdministrator(tx, { accounts: this.accounts, audit: this.audit }, email, async () => {
        const password = generatePassword()
        // Before the commit: a file without an account does less harm than an account whose password is lost.
        await writeSecretFile(passwordFile, `${password}\n`)
        return password
      }),
    )
    if (isCreated) this.log.info({ email, passwordFile }, 'first administrator created; see the file for the password')
  }
}
