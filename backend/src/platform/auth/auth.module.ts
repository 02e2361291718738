import { type DynamicModule, Global, Module } from '@nestjs/common'
import { APP_GUARD } from '@nestjs/core'
import { AccessGuard, CONSOLE_ORIGIN } from './access.guard.js'
import { ApiKeyVerifier } from './api-key-verifier.js'
import { Authenticator } from './authenticator.js'
import { CredentialRepository } from './credential.repository.js'
import { SessionVerifier } from './session-verifier.js'

/** Who asks, and whether they may: one guard in front of every route. */
@Global()
@Module({})
export class AuthModule {}

/** @param consoleOrigin origin of PUBLIC_URL, such as "https://guardimesh.example.org". */
export function authModule(consoleOrigin: string): DynamicModule {
  return {
    module: AuthModule,
    providers: [
      ApiKeyVerifier,
      Authenticator,
      CredentialRepository,
      SessionVerifier,
      { provide: CONSOLE_ORIGIN, useValue: consoleOrigin },
      { provide: APP_GUARD, useClass: AccessGuard },
    ],
    exports: [ApiKeyVerifier, Authenticator, CONSOLE_ORIGIN],
  }
}
