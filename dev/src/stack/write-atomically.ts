import { rename, writeFile } from 'node:fs/promises'

/** Writes a file that only its owner can read. An interrupted write leaves no incomplete file with this name. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
