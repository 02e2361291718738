import { ApiKeyList, CreateApiKey, CreatedApiKey } from '@guardimesh/contracts'
import { Body, Controller, Delete, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common'
import { auditActorOf, CurrentOrigin, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { type AccountActor, CurrentAccount } from '../../platform/auth/actor.js'
import { RequirePermission, RequireSession } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { ApiKeysService } from './api-keys.service.js'

@Controller('api/keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  @Operation({
    summary: 'List API keys',
    description: 'Returns all API keys, newest first, including revoked ones. Secrets are not included.',
  })
  @Get()
  @RequireSession()
  @SerializeOptions({ schema: ApiKeyList })
  async list(): Promise<ApiKeyList> {
    return { items: await this.apiKeys.list() }
  }

  @Operation({
    summary: 'Create an API key',
    description: 'Creates an API key. The response is the only place that contains the whole key.',
    errors: ['API_KEY_LIMIT_REACHED'],
  })
  @Post('create')
  @RequirePermission('api-keys:change')
  @SerializeOptions({ schema: CreatedApiKey })
  create(
    @Body({ schema: CreateApiKey }) body: CreateApiKey,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<CreatedApiKey> {
    return this.apiKeys.create(body, auditActorOf(actor), origin)
  }

  @Operation({
    summary: 'Revoke an API key',
    description: 'Revokes an API key immediately. Revoking it again changes nothing.',
    errors: ['API_KEY_NOT_FOUND'],
  })
  @Delete(':apiKeyId')
  @RequirePermission('api-keys:change')
  @HttpCode(204)
  revoke(
    @Param('apiKeyId') apiKeyId: string,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<void> {
    return this.apiKeys.revoke(apiKeyId, auditActorOf(actor), origin)
  }
}
