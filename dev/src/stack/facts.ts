import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { systemCodeOf } from '@guardimesh/kit'
import { z } from 'zod'

/** Facts about a running instance for users and tests. They name files with secrets, not the secrets. */
export const StackFacts = z.object({
  url: z.url(),
  adminEmail: z.email(),
  runtime: z.object({
    endpoint: z.string(),
    why: z.string(),
    infectCommand: z.array(z.string()).optional(),
  }),
  database: z.object({ url: z.string(), passwordFile: z.string().optional() }),
  clamdSocket: z.string(),
  /** Its URL and import folder; missing when the puller reads signatures from a folder. */
  signatureServer: z.object({ url: z.string(), incoming: z.string() }).optional(),
})
export type StackFacts = z.infer<typeof StackFacts>

/** Reads the facts of the running instance; undefined while it starts or when it is stopped. */
export async function readFacts(path: string): Promise<StackFacts | undefined> {
  try {
    return StackFacts.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

export async function writeFacts(path: string, facts: StackFacts): Promise<void> {
  const draft = `${path}.new`
  await writeFile(draft, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 })
  await rename(draft, path)
}

export async function removeFacts(path: string): Promise<void> {
  await rm(path, { force: true })
}
