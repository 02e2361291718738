import { type Command, Option } from 'commander'
import { formatBytes } from '../terminal/format.js'
import { printLines } from '../terminal/output.js'
import { type Report, runSteps } from '../terminal/steps.js'
import { findPlatform, type PlatformFlags, platformOptions } from './platform-options.js'

const BACKUP_NOTE = `
The backup contains results, findings, accounts and keys. Encrypt it with --recipient or --passphrase-file (format of age, https://age-encryption.org);
otherwise protect it like a secret. It does not contain Secrets of the cluster: back up those that you created, and <platform>-encryption-key, without
which the secrets of notification channels cannot be decrypted.
A recipient is public, so encryption does not show who created a backup; --sign-with does. Create keys with "backup-keygen" and "bundle keygen".
The platform stays available. An external database is not included: use the backup of its operator.

Example:
  guardimesh backup --output backup.tar.age --recipient age1… --sign-with keys/backup.key`

const RESTORE_NOTE = `
The backup is verified completely and restored next to the active database; then the API stops for some seconds while the databases are switched.
An interrupted restore can be repeated: the old database stays active until the restored one is complete. Backups of newer versions are rejected.

Example:
  guardimesh restore backup.tar.age --identity backup-identity.txt --verify-with keys/backup.pub`

const KEYGEN_NOTE = `
The file is an identity file of age, as age-keygen creates it. Without it, backups encrypted to its public key cannot be restored:
keep a copy in a safe place, not in the cluster.`

interface BackupFlags extends PlatformFlags {
  readonly output: string
  readonly recipient?: readonly string[]
  readonly passphraseFile?: string
  readonly signWith?: string
}

interface RestoreFlags extends PlatformFlags {
  readonly identity?: string
  readonly passphraseFile?: string
  readonly verifyWith?: string
}

export function addBackupCommands(program: Command): void {
  const passphraseFile = (use: string) => new Option('--passphrase-file <file>', `file with the passphrase ${use}`)
  platformOptions(program.command('backup').description('back up database and signatures of a platform to one file'))
    .requiredOption('--output <file>', 'file to write')
    .option('--recipient <key>', 'encrypt to this public key of age (age1…); repeatable', addToList)
    .addOption(passphraseFile('to encrypt with, instead of recipients').conflicts('recipient'))
    .option('--sign-with <file>', 'sign with this private key of "bundle keygen"')
    .action(backup)
    .addHelpText('after', BACKUP_NOTE)
  platformOptions(program.command('restore').description('restore database and signatures of a platform from a backup'))
    .argument('<file>', 'backup file')
    .option('--identity <file>', 'identity file of age with the secret keys for an encrypted backup')
    .addOption(passphraseFile('of an encrypted backup').conflicts('identity'))
    .option('--verify-with <file>', 'accept only a backup signed with this public key')
    .action(restore)
    .addHelpText('after', RESTORE_NOTE)
  program
    .command('backup-keygen')
    .description('create a key pair of age for encrypting backups, and print its public key')
    .argument('<file>', 'identity file to write; it is secret')
    .action(backupKeygen)
    .addHelpText('after', KEYGEN_NOTE)
}

function addToList(value: string, list: readonly string[] = []): readonly string[] {
  return [...list, value]
}

async function backup({ output, recipient = [], passphraseFile, signWith, ...flags }: BackupFlags): Promise<void> {
  const { makeBackup } = await import('../backup/make-backup.js')
  const { encrypterFor } = await import('../backup/age-keys.js')
  const encrypter = encrypterFor(recipient, passphraseFile)
  const privateKey = signWith === undefined ? undefined : await (await import('@guardimesh/signature-format')).readPrivateKey(signWith)
  const platform = await findPlatform(flags)
  let line = ''
  const run = async (onProgress: Report) => {
    const list = await makeBackup(platform, { path: output, onProgress, encrypter, privateKey })
    const protection = `${encrypter ? 'encrypted' : 'not encrypted'}, ${privateKey ? 'signed' : 'not signed'}`
    line = `${output}: ${list.files.map(({ path, sizeBytes }) => `${path} ${formatBytes(sizeBytes)}`).join(', ')}, schema ${list.schema.name}, ${protection}`
  }
  await runSteps([{ title: `Back up ${platform.name}`, run }])
  printLines([line])
}

async function restore(path: string, { identity, passphraseFile, verifyWith, ...flags }: RestoreFlags): Promise<void> {
  const { restoreSteps } = await import('../backup/restore-backup.js')
  const { decrypterFor } = await import('../backup/age-keys.js')
  const decrypter = await decrypterFor(identity, passphraseFile)
  const publicKey = verifyWith === undefined ? undefined : await (await import('@guardimesh/signature-format')).readPublicKey(verifyWith)
  const platform = await findPlatform(flags)
  await runSteps(restoreSteps(platform, { path, decrypter, publicKey }))
  printLines([`Restored ${platform.name} from ${path}.`])
}

async function backupKeygen(path: string): Promise<void> {
  const { writeIdentity } = await import('../backup/age-keys.js')
  printLines([`created ${path} (secret). Public key:`, await writeIdentity(path)])
}
