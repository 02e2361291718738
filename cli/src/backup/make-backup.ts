import type { Platform } from '../kube/platform.js'
import { execInPod } from '../kube/pod-exec.js'
import { type BackupList, BackupWriter, DATABASE_FILE, SIGNATURES_FILE } from './backup-file.js'
import { BundledDatabase } from './database.js'

/** The link to the active generation is last, so an interrupted restore does not change it. */
const SIGNATURE_ENTRIES = ['generations', 'current']

export const SIGNATURES_CONTAINER = 'signature-server'
export const SIGNATURES_VOLUME = '/signatures'

/** Writes database and signatures to one file while the platform is running. */
export async function makeBackup(platform: Platform, path: string, onProgress: (doing: string) => void): Promise<BackupList> {
  const database = await BundledDatabase.find(platform)
  const pod = await platform.readyPod('signature-server')
  const schema = await database.schema()
  const writer = await BackupWriter.create(path)
  try {
    onProgress('the database')
    await writer.add(DATABASE_FILE, (stdout) => database.dump(stdout))
    onProgress('the signatures')
    const command = ['tar', '-C', SIGNATURES_VOLUME, '-cf', '-', ...SIGNATURE_ENTRIES]
    await writer.add(SIGNATURES_FILE, async (stdout) => {
      await execInPod(platform.client, { namespace: platform.namespace, pod, container: SIGNATURES_CONTAINER, command, stdout })
    })
    return await writer.finish({ madeAtMs: Date.now(), platform: platform.name, version: platform.version, schema })
  } finally {
    await writer.abort()
  }
}
