import { Module } from '@nestjs/common'
import { ApiKeyRepository } from './api-key.repository.js'
import { ApiKeysController } from './api-keys.controller.js'
import { ApiKeysService } from './api-keys.service.js'

/** API keys. */
@Module({ controllers: [ApiKeysController], providers: [ApiKeysService, ApiKeyRepository], exports: [ApiKeysService] })
export class ApiKeysModule {}
