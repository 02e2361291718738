import type { KeyObject } from 'node:crypto'
import { Readable } from 'node:stream'
import { CommandError } from '../command-error.js'
import type { Platform } from '../kube/platform.js'
import { execInPod, FAILED_MARK } from '../kube/pod-exec.js'
import type { Step } from '../terminal/steps.js'
import type { BackupSource } from './backup-archive.js'
import { DATABASE_FILE, SIGNATURES_FILE } from './backup-list.js'
import { BundledDatabase } from './database.js'
import { SIGNATURES_CONTAINER, SIGNATURES_VOLUME } from './make-backup.js'
import { readContent, verifyBackup } from './verify-backup.js'

export interface RestoreSource extends BackupSource {
  /** Key that must have signed the backup; undefined skips this check. */
  readonly publicKey: KeyObject | undefined
}

/**
 * Builds the steps of a restore. The whole backup is verified before anything is changed. Active data is not changed before the switch,
 * which is one transaction. An interrupted restore is repeated from its beginning.
 */
export function restoreSteps(platform: Platform, { publicKey, ...source }: RestoreSource): Step[] {
  const verify = async () => {
    const list = await verifyBackup(source, publicKey)
    await refuseNewer(platform, list.schema)
  }
  const restoreDatabase = async () => {
    const database = await BundledDatabase.find(platform)
    await database.restoreBeside(Readable.from(readContent(source, DATABASE_FILE)))
  }
  return [
    { title: 'Verify the backup', run: verify },
    { title: 'Restore the database next to the active one', run: restoreDatabase },
    { title: 'Activate the restored database', run: () => switchOver(platform) },
    { title: 'Restore the signatures', run: () => restoreSignatures(platform, source) },
  ]
}

/** The set-up Job migrates an older schema; a newer one is not supported. */
async function refuseNewer(platform: Platform, schema: { readonly name: string; readonly number: number }): Promise<void> {
  const current = await (await BundledDatabase.find(platform)).schema()
  if (schema.number > current.number)
    throw new CommandError(
      `The backup has the schema ${schema.name}, which is newer than ${current.name} of this platform: upgrade the platform first. Nothing was changed.`,
    )
}

/** The image has no shell. */
const RUN_AND_MARK = `const { status } = require('node:child_process').spawnSync(process.argv[1], process.argv.slice(2), { stdio: 'inherit' })
if (status !== 0) { console.error('${FAILED_MARK}'); process.exitCode = 1; process.stdin.resume() }`

/** Generations are immutable and the link to the active one is last; the server reads them when it starts. */
async function restoreSignatures(platform: Platform, source: BackupSource): Promise<void> {
  const pod = await platform.readyPod('signature-server')
  const command = ['/usr/bin/node', '-e', RUN_AND_MARK, 'tar', '-C', SIGNATURES_VOLUME, '-xf', '-']
  await execInPod(platform.client, {
    namespace: platform.namespace,
    pod,
    container: SIGNATURES_CONTAINER,
    command,
    stdin: Readable.from(readContent(source, SIGNATURES_FILE)),
  })
  await platform.restart('signature-server')
}

/** Pauses the operator, which would restart the stopped components. */
async function switchOver(platform: Platform): Promise<void> {
  const database = await BundledDatabase.find(platform)
  await platform.setPaused(true)
  try {
    await platform.stop('backend')
    await platform.stop('worker')
    await database.switchOver()
  } finally {
    await platform.start('backend')
    await platform.start('worker')
    await platform.setPaused(false)
  }
  await database.dropBefore()
}
