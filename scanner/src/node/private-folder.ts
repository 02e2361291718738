import { chmod, mkdir } from 'node:fs/promises'

/** Creates a folder that only the user of this process can enter, or closes an existing one for all others. */
export async function closeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  await chmod(path, 0o700)
}
