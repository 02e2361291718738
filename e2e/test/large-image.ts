import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { SLEEP_FOREVER, shellFiles } from '@guardimesh/testbed/demo-image.js'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { buildImage } from '@guardimesh/testbed/oci-image.js'

/** Image of 1 GB with EICAR in its second layer. */
export const LARGE_IMAGE = 'localhost/guardimesh/e2e-large:1'
export const LARGE_IMAGE_MALWARE = '/opt/vendor/plugin.com'

const DATA_LAYERS = 10
const FILES_PER_LAYER = 4
const FILE_BYTES = 25 * MIB_BYTES

/** Builds the image archive. @returns its path. */
export async function buildLargeImage(folder: string): Promise<string> {
  const malware = [{ path: LARGE_IMAGE_MALWARE, content: eicarBytes(), mode: 0o644 }]
  const dataLayers = Array.from({ length: DATA_LAYERS }, (_, layer) =>
    Array.from({ length: FILES_PER_LAYER }, (_, file) => ({
      path: `/data/${layer}-${file}`,
      content: randomBytes(FILE_BYTES),
      mode: 0o644,
    })),
  )
  const upperLayers = [malware, ...dataLayers]
  return buildImage({
    name: LARGE_IMAGE,
    files: await shellFiles(),
    upperLayers,
    command: SLEEP_FOREVER,
    archiveFile: join(folder, 'large.tar'),
  })
}
