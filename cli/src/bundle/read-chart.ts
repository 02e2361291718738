import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { ImageTable } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import { extract } from 'tar-stream'
import { z } from 'zod'
import { CommandError } from '../command-error.js'

const TABLE_IN_CHART = 'guardimesh/files/images.json'
/** The table has seven images. */
const TABLE_MAX_BYTES = 64 * 1024

/** Parses an image table. @throws CommandError when it is invalid. */
export function parseImageTable(text: string, name: string): ImageTable {
  try {
    const parsed = ImageTable.safeParse(JSON.parse(text))
    if (parsed.success) return parsed.data
    throw new CommandError(`${name} is not an image table:\n${z.prettifyError(parsed.error)}`)
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError(`${name} is not JSON.`, { cause: error })
  }
}

/** Reads the image table of a packaged chart. @throws CommandError when it has none. */
export async function imageTableOfChart(chartFile: string): Promise<ImageTable> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  const unpack = extract()
  unpack.on('entry', ({ name }, content, next) => {
    content.on('data', (chunk) => {
      if (name !== TABLE_IN_CHART || !Buffer.isBuffer(chunk)) return
      sizeBytes += chunk.length
      if (sizeBytes <= TABLE_MAX_BYTES) chunks.push(chunk)
    })
    content.on('end', next)
  })
  try {
    await pipeline(createReadStream(chartFile), createGunzip(), unpack)
  } catch (error) {
    throw new CommandError(`${chartFile} is not a packaged chart: ${messageOf(error)}.`, { cause: error })
  }
  if (chunks.length === 0) throw new CommandError(`The chart ${chartFile} has no ${TABLE_IN_CHART}: package it with make chart.`)
  return parseImageTable(Buffer.concat(chunks).toString('utf8'), `${TABLE_IN_CHART} in ${chartFile}`)
}
