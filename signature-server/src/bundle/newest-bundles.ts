import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type Logger, messageOf, unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'
import type { NewestBundles } from './bundle-order.js'

const FILE = 'bundles.json'
/** Pack time by fingerprint of the key. */
const List = z.record(z.string().max(100), z.iso.datetime())

/** Reads the pack time of the newest bundle of each key. A damaged list is renamed and logged. */
export async function readNewestBundles(volume: string, log: Logger): Promise<NewestBundles> {
  const path = join(volume, FILE)
  const text = await unlessMissing(readFile(path, 'utf8'), '{}')
  try {
    return List.parse(JSON.parse(text))
  } catch (error) {
    log.error({ reason: messageOf(error) }, `invalid ${FILE} renamed to ${FILE}.damaged; older bundles are accepted until the next import`)
    await rename(path, `${path}.damaged`)
    return {}
  }
}

export async function writeNewestBundles(volume: string, newest: NewestBundles): Promise<void> {
  await writeFileDurably(join(volume, FILE), `${JSON.stringify(newest)}\n`)
}
