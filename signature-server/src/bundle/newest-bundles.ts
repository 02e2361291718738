import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unlessMissing, writeFileDurably } from '@guardimesh/kit'
import { z } from 'zod'
import type { NewestBundles } from './succession-of-bundles.js'

const FILE = 'bundles.json'
/** By the key's fingerprint. */
const List = z.record(z.string().max(100), z.iso.datetime())

/** When the newest bundle of each key was packed; none on a fresh volume. @throws Error when the list is damaged. */
export async function readNewestBundles(volume: string): Promise<NewestBundles> {
  const text = await unlessMissing(readFile(join(volume, FILE), 'utf8'), undefined)
  return text === undefined ? {} : List.parse(JSON.parse(text))
}

export async function writeNewestBundles(volume: string, newest: NewestBundles): Promise<void> {
  await writeFileDurably(join(volume, FILE), `${JSON.stringify(newest)}\n`)
}
