import { SessionList } from '@guardimesh/contracts'
import { Controller, Delete, Get, HttpCode, Param, SerializeOptions } from '@nestjs/common'
import { type ChangedBy, CurrentChange } from '../../platform/audit/changed-by.js'
import { type AccountActor, CurrentAccount } from '../../platform/auth/actor.js'
import { RequirePermission } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { SessionListService } from './session-list.service.js'

@Controller('api')
export class SessionListController {
  constructor(private readonly sessions: SessionListService) {}

  @Operation({ summary: 'List own sessions', description: 'Returns the sessions of the current account, last used first.' })
  @Get('account/sessions')
  @RequirePermission('session:use')
  @SerializeOptions({ schema: SessionList })
  async listOwn(@CurrentAccount() actor: AccountActor): Promise<SessionList> {
    return { items: await this.sessions.list(actor.account.accountId, actor) }
  }

  @Operation({ summary: 'End own sessions', description: 'Ends all sessions of the current account except the current one.' })
  @Delete('account/sessions')
  @RequirePermission('session:use')
  @HttpCode(204)
  endAllOwn(@CurrentAccount() { account }: AccountActor, @CurrentChange() by: ChangedBy): Promise<void> {
    return this.sessions.endAll(account.accountId, by)
  }

  @Operation({
    summary: 'End an own session',
    description: 'Ends a session of the current account, with its event streams.',
    errors: ['SESSION_NOT_FOUND'],
  })
  @Delete('account/sessions/:sessionId')
  @RequirePermission('session:use')
  @HttpCode(204)
  endOwn(
    @Param('sessionId') sessionId: string,
    @CurrentAccount() { account }: AccountActor,
    @CurrentChange() by: ChangedBy,
  ): Promise<void> {
    return this.sessions.end(account.accountId, sessionId, by)
  }

  @Operation({
    summary: 'List sessions of a user',
    description: 'Returns the sessions of a user, last used first.',
    errors: ['ACCOUNT_NOT_FOUND'],
  })
  @Get('accounts/:accountId/sessions')
  @RequirePermission('accounts:manage')
  @SerializeOptions({ schema: SessionList })
  async list(@Param('accountId') accountId: string, @CurrentAccount() actor: AccountActor): Promise<SessionList> {
    return { items: await this.sessions.list(accountId, actor) }
  }

  @Operation({
    summary: 'End all sessions of a user',
    description: 'Ends all sessions of a user at once, with their event streams. Keeps the session of the request.',
    errors: ['ACCOUNT_NOT_FOUND'],
  })
  @Delete('accounts/:accountId/sessions')
  @RequirePermission('accounts:manage')
  @HttpCode(204)
  endAll(@Param('accountId') accountId: string, @CurrentChange() by: ChangedBy): Promise<void> {
    return this.sessions.endAll(accountId, by)
  }

  @Operation({
    summary: 'End a session of a user',
    description: 'Ends a session of a user at once, with its event streams.',
    errors: ['ACCOUNT_NOT_FOUND', 'SESSION_NOT_FOUND'],
  })
  @Delete('accounts/:accountId/sessions/:sessionId')
  @RequirePermission('accounts:manage')
  @HttpCode(204)
  end(@Param('accountId') accountId: string, @Param('sessionId') sessionId: string, @CurrentChange() by: ChangedBy): Promise<void> {
    return this.sessions.end(accountId, sessionId, by)
  }
}
