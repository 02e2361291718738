import { readFile } from 'node:fs/promises'
import { messageOf, readSecretFile } from '@guardimesh/kit'
import { writeNewFile } from '@guardimesh/signature-format'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { CommandError } from '../command-error.js'

/** Creates an identity file like that of `age-keygen`, readable by its owner only. @returns the recipient, which is public. */
export async function writeIdentity(path: string): Promise<string> {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  await writeNewFile(path, `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${identity}\n`, 0o600)
  return recipient
}

/** Returns what encrypts to these recipients or with this passphrase; undefined when neither is given. @throws CommandError for an invalid one. */
export function encrypterFor(recipients: readonly string[], passphraseFile: string | undefined): Encrypter | undefined {
  if (recipients.length === 0 && passphraseFile === undefined) return undefined
  const encrypter = new Encrypter()
  for (const recipient of recipients) addRecipient(encrypter, recipient)
  if (passphraseFile !== undefined) encrypter.setPassphrase(readSecretFile(passphraseFile))
  return encrypter
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  if (recipient.toUpperCase().startsWith('AGE-SECRET-KEY-'))
    throw new CommandError(
      '--recipient is a secret key: give the public key, which starts with age1. Replace the key if others can read this command.',
    )
  try {
    encrypter.addRecipient(recipient)
  } catch (error) {
    throw new CommandError(`--recipient ${recipient} is not a public key of age (age1…): ${messageOf(error)}.`, { cause: error })
  }
}

/** Returns what decrypts with these keys; undefined when none is given. @throws CommandError for an unreadable or invalid file. */
export async function decrypterFor(identityFile: string | undefined, passphraseFile: string | undefined): Promise<Decrypter | undefined> {
  if (identityFile === undefined && passphraseFile === undefined) return undefined
  const decrypter = new Decrypter()
  if (identityFile !== undefined) await addIdentities(decrypter, identityFile)
  if (passphraseFile !== undefined) decrypter.addPassphrase(readSecretFile(passphraseFile))
  return decrypter
}

/** Error messages do not contain lines of the file, because they can be secret. */
async function addIdentities(decrypter: Decrypter, path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new CommandError(`The identity file ${path} cannot be read: ${messageOf(error)}.`)
  })
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }))
  const identities = lines.filter(({ line }) => line !== '' && !line.startsWith('#'))
  if (identities.length === 0) throw new CommandError(`The identity file ${path} contains no key.`)
  for (const { line, number } of identities) {
    try {
      decrypter.addIdentity(line)
    } catch {
      throw new CommandError(`${path} is not an identity file of age: line ${number} is not a valid key (AGE-SECRET-KEY-1…).`)
    }
  }
}
