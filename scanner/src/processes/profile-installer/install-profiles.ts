import { constants } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type ProcessContext, syncFolder, unlessMissing } from '@guardimesh/kit'
import { SECCOMP_PROFILES, type SeccompProfile } from '@guardimesh/kit/seccomp/seccomp-profiles'
import type { ProfileInstallerConfig } from './config.js'

/** Readable for every runtime. */
const MODE = 0o644
const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants

/**
 * Writes our seccomp profiles to the node. Files of other releases stay, because pods may still use them. A file with another content, such
 * as one that a full disk cut short, is replaced.
 */
export async function installProfiles({ config, log }: Pick<ProcessContext<ProfileInstallerConfig>, 'config' | 'log'>): Promise<void> {
  for (const profile of Object.values(SECCOMP_PROFILES)) {
    if ((await readRegularFile(join(config.profilesFolder, profile.fileName))) === profile.content) continue
    await writeProfile(config.profilesFolder, profile)
    log.info({ fileName: profile.fileName }, 'seccomp profile installed')
  }
}

/** @returns undefined if it does not exist or is not a regular file: a link is replaced, never followed. */
async function readRegularFile(path: string): Promise<string | undefined> {
  // O_NONBLOCK, because opening a FIFO waits for a writer.
  const file = await unlessMissing(open(path, O_RDONLY | O_NOFOLLOW | constants.O_NONBLOCK), undefined).catch(ifLink)
  if (!file) return undefined
  try {
    return (await file.stat()).isFile() ? await file.readFile('utf8') : undefined
  } finally {
    await file.close()
  }
}

function ifLink(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ELOOP') throw error
}

async function writeProfile(folder: string, { fileName, content }: SeccompProfile): Promise<void> {
  const draftPath = join(folder, `.${fileName}.new`)
  await rm(draftPath, { force: true })
  const draft = await open(draftPath, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, MODE)
  try {
    await draft.writeFile(content)
    await draft.chmod(MODE)
    await draft.sync()
  } finally {
    await draft.close()
  }
  await rename(draftPath, join(folder, fileName))
  await syncFolder(folder)
}
