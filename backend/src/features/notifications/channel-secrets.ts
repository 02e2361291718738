import type { SecretCipher } from '../../platform/secrets/secret-cipher.js'
import { type ReceiverSettings, receiverOf, type StoredSecrets, type UnreadableSecret } from './channel.js'
import type { ChannelSecrets } from './drivers/channel-driver.js'

/** Secrets as stored: encrypted, or in plain text until the worker of this version has started for the first time. */
export type SecretTexts = ChannelSecrets

/** The channel that secrets belong to. */
interface SecretsOwner {
  readonly channelId: string
  readonly settings: ReceiverSettings
}

/** Encrypts the secrets of a channel; unreadable ones remain as they are. */
export function encryptSecrets(cipher: SecretCipher, channel: SecretsOwner, secrets: StoredSecrets): SecretTexts {
  return mapValues(channel, secrets, (value, context) => (typeof value === 'string' ? cipher.encrypt(value, context) : value.encrypted))
}

export function decryptSecrets(cipher: SecretCipher, channel: SecretsOwner, texts: SecretTexts): StoredSecrets {
  return mapValues<string, string | UnreadableSecret>(channel, texts, (text, context) =>
    cipher.isEncrypted(text) ? (cipher.decrypt(text, context) ?? { encrypted: text }) : text,
  )
}

/**
 * Encrypts what is in plain text or encrypted with an older key.
 *
 * @returns undefined if nothing changes. Unreadable secrets remain as they are.
 */
export function renewSecrets(cipher: SecretCipher, channel: SecretsOwner, texts: SecretTexts): SecretTexts | undefined {
  let isChanged = false
  const renewed = mapValues(channel, texts, (text, context) => {
    if (cipher.isCurrent(text)) return text
    const plain = cipher.isEncrypted(text) ? cipher.decrypt(text, context) : text
    if (plain === undefined) return text
    isChanged = true
    return cipher.encrypt(plain, context)
  })
  return isChanged ? renewed : undefined
}

/** A value is bound to its channel, receiver and field: a change of the database cannot make the worker send it to another receiver. */
function mapValues<From, To>(
  { channelId, settings }: SecretsOwner,
  { headers, secret }: ChannelSecrets<From>,
  convert: (value: From, context: string) => To,
): ChannelSecrets<To> {
  const context = (field: string) => `notification-channel/${channelId}/${receiverOf(settings)}/${field}`
  return {
    headers: headers.map(({ name, value }) => ({ name, value: convert(value, context(`header/${name.toLowerCase()}`)) })),
    secret: secret === null ? null : convert(secret, context('secret')),
  }
}
