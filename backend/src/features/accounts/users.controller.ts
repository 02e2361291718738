import { AccountDetails, AccountList, ChangeAccount, Invitation, InviteAccount } from '@guardimesh/contracts'
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, SerializeOptions } from '@nestjs/common'
import { type ChangedBy, CurrentChange } from '../../platform/audit/changed-by.js'
import { RequirePermission } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { UsersService } from './users.service.js'

@Controller('api/accounts')
@RequirePermission('accounts:manage')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Operation({ summary: 'List users', description: 'Returns all users with role and state, by email address.' })
  @Get()
  @SerializeOptions({ schema: AccountList })
  async list(): Promise<AccountList> {
    return { items: await this.users.list() }
  }

  @Operation({
    summary: 'Invite a user',
    description: 'Creates a user without a password. The response is the only place that contains the token with which the user sets it.',
    errors: ['ACCOUNT_EXISTS'],
  })
  @Post()
  @SerializeOptions({ schema: Invitation })
  invite(@Body({ schema: InviteAccount }) body: InviteAccount, @CurrentChange() by: ChangedBy): Promise<Invitation> {
    return this.users.invite(body, by)
  }

  @Operation({
    summary: 'Create an invitation',
    description: 'Creates a new token for a user who has no password or forgot it. An earlier token becomes invalid.',
    errors: ['ACCOUNT_NOT_FOUND'],
  })
  @Post(':accountId/invitation')
  @SerializeOptions({ schema: Invitation })
  renewInvitation(@Param('accountId') accountId: string, @CurrentChange() by: ChangedBy): Promise<Invitation> {
    return this.users.renewInvitation(accountId, by)
  }

  @Operation({
    summary: 'Change a user',
    description: 'Changes name, role or state. A new role applies to the next request; deactivation ends all sessions of the user at once.',
    errors: ['ACCOUNT_NOT_FOUND', 'LAST_ADMINISTRATOR'],
  })
  @Patch(':accountId')
  @SerializeOptions({ schema: AccountDetails })
  change(
    @Param('accountId') accountId: string,
    @Body({ schema: ChangeAccount }) change: ChangeAccount,
    @CurrentChange() by: ChangedBy,
  ): Promise<AccountDetails> {
    return this.users.change(accountId, change, by)
  }

  @Operation({
    summary: 'Delete a user',
    description: 'Deletes a user and ends their sessions. Incidents, comments and the audit log keep the email address.',
    errors: ['ACCOUNT_NOT_FOUND', 'LAST_ADMINISTRATOR'],
  })
  @Delete(':accountId')
  @HttpCode(204)
  delete(@Param('accountId') accountId: string, @CurrentChange() by: ChangedBy): Promise<void> {
    return this.users.delete(accountId, by)
  }
}
