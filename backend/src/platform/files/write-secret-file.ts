import { open, rename, rm } from 'node:fs/promises'

/** Writes a file that only its owner can read, atomically. */
export async function writeSecretFile(path: string, text: string): Promise<void> {
  const partPath = `${path}.${process.pid}.part`
  await rm(partPath, { force: true })
  const file = await open(partPath, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(partPath, path)
}
