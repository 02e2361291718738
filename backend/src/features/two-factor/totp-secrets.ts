import type { SecretCipher } from '../../platform/secrets/secret-cipher.js'

/** Binds a secret to its account: it cannot be decrypted in the row of another one. */
const contextOf = (accountId: string) => `account/${accountId}/totp`

export const encryptTotp = (cipher: SecretCipher, accountId: string, secret: string) => cipher.encrypt(secret, contextOf(accountId))

/** @returns undefined if the key is unknown. */
export const decryptTotp = (cipher: SecretCipher, accountId: string, encrypted: string) => cipher.decrypt(encrypted, contextOf(accountId))
