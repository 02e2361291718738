import type { Writable } from 'node:stream'
import type { Platform } from '../kube/platform.js'
import { execInPod } from '../kube/pod-exec.js'
import { type BackupList, DATABASE_FILE, SIGNATURES_FILE } from './backup-list.js'
import { BundledDatabase } from './database.js'
import { type BackupProtection, writeBackup } from './write-backup.js'

/** The link to the active generation is last, so an interrupted restore does not change it. */
const SIGNATURE_ENTRIES = ['generations', 'current']

export const SIGNATURES_CONTAINER = 'signature-server'
export const SIGNATURES_VOLUME = '/signatures'

export interface BackupOptions extends BackupProtection {
  readonly path: string
  readonly onProgress: (doing: string) => void
}

/** Writes database and signatures to one file while the platform is running. */
export async function makeBackup(platform: Platform, { path, onProgress, ...protection }: BackupOptions): Promise<BackupList> {
  const database = await BundledDatabase.find(platform)
  const pod = await platform.readyPod('signature-server')
  const schema = await database.schema()
  const dumpDatabase = async (stdout: Writable) => {
    onProgress('the database')
    await database.dump(stdout)
  }
  const packSignatures = async (stdout: Writable) => {
    onProgress('the signatures')
    const command = ['tar', '-C', SIGNATURES_VOLUME, '-cf', '-', ...SIGNATURE_ENTRIES]
    await execInPod(platform.client, { namespace: platform.namespace, pod, container: SIGNATURES_CONTAINER, command, stdout })
  }
  return writeBackup(path, {
    contents: [
      { path: DATABASE_FILE, write: dumpDatabase },
      { path: SIGNATURES_FILE, write: packSignatures },
    ],
    facts: { platform: platform.name, version: platform.version, schema },
    ...protection,
  })
}
