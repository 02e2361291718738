import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type Logger, messageOf, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'
import type { NewestBundles } from './bundle-order.js'

const FILE = 'bundles.json'
/** By the key's fingerprint. */
const List = z.record(z.string().max(100), z.iso.datetime())

/** When the newest bundle of each key was packed; none on a fresh volume. A damaged list is put aside, and told. */
export async function readNewestBundles(volume: string, log: Logger): Promise<NewestBundles> {
  const path = join(volume, FILE)
  const text = await unlessMissing(readFile(path, 'utf8'), '{}')
  try {
    return List.parse(JSON.parse(text))
  } catch (error) {
    log.error(
      { reason: messageOf(error) },
      `${FILE} cannot be read; it is kept as ${FILE}.damaged, and the next bundle of a key may be an older one`,
    )
    await rename(path, `${path}.damaged`)
    return {}
  }
}

export async function writeNewestBundles(volume: string, newest: NewestBundles): Promise<void> {
  await writeFileDurably(join(volume, FILE), `${JSON.stringify(newest)}\n`)
}
