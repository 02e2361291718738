import { ConfirmPassword, RecoveryCodes, TotpSecret, TwoFactorView, VerifyTotp } from '@guardimesh/contracts'
import { Body, Controller, Delete, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common'
import { type ChangedBy, CurrentChange } from '../../platform/audit/changed-by.js'
import { CurrentOrigin, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { type AccountActor, CurrentAccount } from '../../platform/auth/actor.js'
import { RequirePermission } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { TwoFactorService } from './two-factor.service.js'

@Controller('api')
@RequirePermission('session:use')
export class TwoFactorController {
  constructor(private readonly twoFactor: TwoFactorService) {}

  @Operation({
    summary: 'Get the own second factor',
    description: 'Returns whether two-factor authentication is on, and the unused recovery codes.',
  })
  @Get('account/two-factor')
  @SerializeOptions({ schema: TwoFactorView })
  read(@CurrentAccount() actor: AccountActor): Promise<TwoFactorView> {
    return this.twoFactor.read(actor)
  }

  @Operation({
    summary: 'Set up a second factor',
    description: 'Creates a secret for an authenticator app (TOTP, RFC 6238). It applies after `confirm`.',
    errors: ['LOGIN_FAILED', 'LOGIN_THROTTLED', 'PASSWORD_UNACCEPTABLE', 'TWO_FACTOR_ENABLED'],
  })
  @Post('account/two-factor')
  @SerializeOptions({ schema: TotpSecret })
  create(
    @Body({ schema: ConfirmPassword }) body: ConfirmPassword,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<TotpSecret> {
    return this.twoFactor.create(actor, body, origin)
  }

  @Operation({
    summary: 'Turn on the second factor',
    description: 'Confirms the secret with a code of the app, ends other sessions, and returns recovery codes, which are not shown again.',
    errors: ['LOGIN_FAILED', 'LOGIN_THROTTLED', 'TWO_FACTOR_ENABLED'],
  })
  @Post('account/two-factor/confirm')
  @HttpCode(200)
  @SerializeOptions({ schema: RecoveryCodes })
  confirm(
    @Body({ schema: VerifyTotp }) { code }: VerifyTotp,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<RecoveryCodes> {
    return this.twoFactor.confirm(actor, code, origin)
  }

  @Operation({
    summary: 'Renew recovery codes',
    description: 'Replaces all recovery codes of the account. Returns none while two-factor authentication is off.',
    errors: ['LOGIN_FAILED', 'LOGIN_THROTTLED', 'PASSWORD_UNACCEPTABLE'],
  })
  @Post('account/two-factor/recovery-codes')
  @SerializeOptions({ schema: RecoveryCodes })
  renewCodes(
    @Body({ schema: ConfirmPassword }) body: ConfirmPassword,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<RecoveryCodes> {
    return this.twoFactor.renewCodes(actor, body, origin)
  }

  @Operation({
    summary: 'Turn off the second factor',
    description: 'Turns off two-factor authentication of the current account and deletes its recovery codes.',
    errors: ['LOGIN_FAILED', 'LOGIN_THROTTLED', 'PASSWORD_UNACCEPTABLE'],
  })
  @Post('account/two-factor/disable')
  @HttpCode(204)
  disable(
    @Body({ schema: ConfirmPassword }) body: ConfirmPassword,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<void> {
    return this.twoFactor.disable(actor, body, origin)
  }

  @Operation({
    summary: 'Reset the second factor of a user',
    description: 'Turns off two-factor authentication of a user who lost the app and the recovery codes.',
    errors: ['ACCOUNT_NOT_FOUND'],
  })
  @Delete('accounts/:accountId/two-factor')
  @RequirePermission('accounts:manage')
  @HttpCode(204)
  reset(@Param('accountId') accountId: string, @CurrentChange() by: ChangedBy): Promise<void> {
    return this.twoFactor.reset(accountId, by)
  }
}
