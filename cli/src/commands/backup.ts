import type { Command } from 'commander'
import { formatBytes } from '../terminal/format.js'
import { type Report, runSteps } from '../terminal/steps.js'
import { findPlatform, type PlatformFlags, platformOptions } from './platform-options.js'

const BACKUP_NOTE = `
Results, findings, accounts and keys are in it, so keep it like a secret. Secrets of the cluster are not: keep those that you made yourself.
The platform works on meanwhile. An external database is not in it: back it up with its own means.`

const RESTORE_NOTE = `
The backup is verified and restored beside the database in use; only then the API stops for some seconds and the two change places.
Interrupted anywhere it can be run again; the old database stays in use until the restored one is whole. A backup of a newer version is refused.`

export function addBackupCommands(program: Command): void {
  platformOptions(program.command('backup').description('write database and signatures of a platform into one file'))
    .requiredOption('--output <file>', 'the file to write')
    .action(backup)
    .addHelpText('after', BACKUP_NOTE)
  platformOptions(program.command('restore').description('bring database and signatures of a platform back from a backup'))
    .argument('<file>', 'the backup')
    .action(restore)
    .addHelpText('after', RESTORE_NOTE)
}

async function backup({ output, ...flags }: PlatformFlags & { readonly output: string }): Promise<void> {
  const { makeBackup } = await import('../backup/make-backup.js')
  const platform = await findPlatform(flags)
  let line = ''
  const run = async (report: Report) => {
    const list = await makeBackup(platform, output, report)
    line = `${output}: ${list.files.map(({ path, sizeBytes }) => `${path} ${formatBytes(sizeBytes)}`).join(', ')}, schema ${list.schema.name}\n`
  }
  await runSteps([{ title: `Back up ${platform.name}`, run }])
  process.stdout.write(line)
}

async function restore(file: string, flags: PlatformFlags): Promise<void> {
  const { restoreSteps } = await import('../backup/restore-backup.js')
  const platform = await findPlatform(flags)
  await runSteps(restoreSteps(platform, file))
  process.stdout.write(`${platform.name} has what was in ${file}.\n`)
}
