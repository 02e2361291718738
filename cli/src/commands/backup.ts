import type { Command } from 'commander'
import { formatBytes } from '../terminal/format.js'
import { printLines } from '../terminal/output.js'
import { type Report, runSteps } from '../terminal/steps.js'
import { findPlatform, type PlatformFlags, platformOptions } from './platform-options.js'

const BACKUP_NOTE = `
The backup contains results, findings, accounts and keys: protect it like a secret. It does not contain Secrets of the cluster: back up those that you created, and <platform>-encryption-key,
without which the secrets of notification channels cannot be decrypted.
The platform stays available. An external database is not included: use the backup of its operator.`

const RESTORE_NOTE = `
The backup is verified and restored next to the active database; then the API stops for some seconds while the databases are switched.
An interrupted restore can be repeated: the old database stays active until the restored one is complete. Backups of newer versions are rejected.`

export function addBackupCommands(program: Command): void {
  platformOptions(program.command('backup').description('back up database and signatures of a platform to one file'))
    .requiredOption('--output <file>', 'file to write')
    .action(backup)
    .addHelpText('after', BACKUP_NOTE)
  platformOptions(program.command('restore').description('restore database and signatures of a platform from a backup'))
    .argument('<file>', 'backup file')
    .action(restore)
    .addHelpText('after', RESTORE_NOTE)
}

async function backup({ output, ...flags }: PlatformFlags & { readonly output: string }): Promise<void> {
  const { makeBackup } = await import('../backup/make-backup.js')
  const platform = await findPlatform(flags)
  let line = ''
  const run = async (report: Report) => {
    const list = await makeBackup(platform, output, report)
    line = `${output}: ${list.files.map(({ path, sizeBytes }) => `${path} ${formatBytes(sizeBytes)}`).join(', ')}, schema ${list.schema.name}`
  }
  await runSteps([{ title: `Back up ${platform.name}`, run }])
  printLines([line])
}

async function restore(file: string, flags: PlatformFlags): Promise<void> {
  const { restoreSteps } = await import('../backup/restore-backup.js')
  const platform = await findPlatform(flags)
  await runSteps(restoreSteps(platform, file))
  printLines([`Restored ${platform.name} from ${file}.`])
}
