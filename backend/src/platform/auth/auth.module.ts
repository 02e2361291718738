import { type DynamicModule, Global, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { AccessGuard } from './access.guard.js'
import { AccessChecker } from './access-checker.js'
import { ApiKeyVerifier } from './api-key-verifier.js'
import { Authenticator } from './authenticator.js'
import { ConsoleAddress } from './console-address.js'
import { CredentialRepository } from './credential.repository.js'
import { SessionSettings } from './session-settings.js'
import { SessionVerifier } from './session-verifier.js'

/** Authentication and authorization: one guard for all routes. */
@Global()
@Module({})
export class AuthModule {}

/** The AuthModule for the address of the console. */
export function authModule(consoleAddress: ConsoleAddress, sessions: SessionSettings): DynamicModule {
  return {
    module: AuthModule,
    providers: [
      ApiKeyVerifier,
      AccessChecker,
      Authenticator,
      CredentialRepository,
      SessionVerifier,
      { provide: ConsoleAddress, useValue: consoleAddress },
      { provide: SessionSettings, useValue: sessions },
      { provide: APP_GUARD, useClass: AccessGuard },
    ],
    exports: [AccessChecker, ApiKeyVerifier, Authenticator, ConsoleAddress, SessionSettings],
  }
}
