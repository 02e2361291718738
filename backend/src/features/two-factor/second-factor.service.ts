import type { Logger } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { verify } from 'otplib'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { SecretCipher } from '../../platform/secrets/secret-cipher.js'
import { hashRecoveryCode } from './recovery-codes.js'
import { decryptTotp } from './totp-secrets.js'
import { TwoFactorRepository } from './two-factor.repository.js'

/** Accepts the code before and after the current one, for clocks that differ and slow typing. */
const TOLERANCE_SECONDS = 30
const TOTP_CODE = /^\d{6}$/

/** Verifies codes. Each code is accepted once. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly repository: TwoFactorRepository,
    private readonly cipher: SecretCipher,
    @InjectLogger() private readonly log: Logger,
  ) {}

  async isEnabled(accountId: string): Promise<boolean> {
    return (await this.repository.find(accountId))?.isEnabled ?? false
  }

  /** Verifies a code of the app or a recovery code, and uses it up. */
  async useCode(accountId: string, code: string): Promise<'totp' | 'recovery-code' | undefined> {
    if (await this.useTotp(accountId, code)) return 'totp'
    return (await this.repository.useRecoveryCode(accountId, hashRecoveryCode(code))) ? 'recovery-code' : undefined
  }

  /** Verifies a code of the app and uses it up. */
  async useTotp(accountId: string, code: string): Promise<boolean> {
    const token = code.replaceAll(/\s/g, '')
    const encrypted = (await this.repository.find(accountId))?.secret
    if (!encrypted || !TOTP_CODE.test(token)) return false
    const secret = decryptTotp(this.cipher, accountId, encrypted)
    if (secret === undefined) {
      this.log.warn({ accountId }, 'the secret of a second factor cannot be decrypted; an administrator must reset it')
      return false
    }
    const result = await verify({ secret, token, epochTolerance: TOLERANCE_SECONDS })
    // Atomic, so that two concurrent logins cannot use the same code.
    return result.valid && 'timeStep' in result && this.repository.useStep(accountId, result.timeStep)
  }
}
