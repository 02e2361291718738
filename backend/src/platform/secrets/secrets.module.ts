import { type DynamicModule, Global, Module } from '@nestjs/common'
import { SecretCipher } from './secret-cipher.js'

/** Cipher of the secrets in the database. */
@Global()
@Module({})
export class SecretsModule {}

/** The SecretsModule for these keys. */
export function secretsModule(keys: readonly Buffer[]): DynamicModule {
  return { module: SecretsModule, providers: [{ provide: SecretCipher, useValue: new SecretCipher(keys) }], exports: [SecretCipher] }
}
