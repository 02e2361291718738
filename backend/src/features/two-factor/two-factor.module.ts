import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { SecondFactorService } from './second-factor.service.js'
import { TotpEncryptionService } from './totp-encryption.service.js'
import { TwoFactorController } from './two-factor.controller.js'
import { TwoFactorRepository } from './two-factor.repository.js'
import { TwoFactorService } from './two-factor.service.js'

/** Second factors of logins. */
@Module({
  imports: [AccountsModule],
  controllers: [TwoFactorController],
  providers: [TwoFactorService, SecondFactorService, TwoFactorRepository],
  exports: [SecondFactorService],
})
export class TwoFactorModule {}

/** Keeps the secrets encrypted with the current key, for the worker. */
@Module({ providers: [TotpEncryptionService], exports: [TotpEncryptionService] })
export class TotpEncryptionModule {}
