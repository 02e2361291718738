import { ChangePassword } from '@guardimesh/contracts'
import { Body, Controller, HttpCode, Post } from '@nestjs/common'
import { CurrentOrigin, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { type AccountActor, CurrentAccount } from '../../platform/auth/actor.js'
import { RequireSession } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { AccountsService } from './accounts.service.js'

@Controller('api/account')
@RequireSession()
export class AccountsController {
  constructor(private readonly accounts: AccountsService) {}

  @Operation({
    summary: 'Change the password',
    description: 'Changes the password of the account and ends its other sessions.',
    errors: ['LOGIN_FAILED', 'LOGIN_THROTTLED', 'PASSWORD_UNACCEPTABLE'],
  })
  @Post('password')
  @HttpCode(204)
  changePassword(
    @Body({ schema: ChangePassword }) body: ChangePassword,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<void> {
    return this.accounts.changePassword(actor, body, origin)
  }
}
