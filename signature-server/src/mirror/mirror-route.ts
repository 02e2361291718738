import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { GuardError } from '@guardimesh/kit'
import { CONTAINER_HEADER_BYTES, updatedContainerName } from '@guardimesh/signature-format'
import type { Catalog } from '../catalog/catalog.js'
import type { Downloads } from '../files/downloads.js'
import type { StoredGeneration } from '../generation/stored-generation.js'
import { findMirrorFile, type MirrorFile } from './mirror-files.js'

/** The file of this name may be another one with the next generation. */
const CACHE = 'no-cache'

/**
 * `GET /daily.cvd`, `/daily-27000.cdiff`, `/ours.ndb`: the live generation's databases, as freshclam asks a mirror for them.
 *
 * freshclam tells by `Last-Modified` whether there is something newer, so that is when a database was made, whenever it was brought in; of
 * loose files, which do not say when, it is when they were.
 *
 * @throws GuardError ROUTE_NOT_FOUND; freshclam asks for another form then.
 */
export async function sendMirrorFile(
  { catalog, downloads }: { readonly catalog: Catalog; readonly downloads: Downloads },
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> {
  const live = catalog.stored(catalog.live?.generation ?? '')
  const file = live && (findMirrorFile(live, name) ?? findHeader(live, request, name))
  if (!file) throw new GuardError('ROUTE_NOT_FOUND', `there is no ${name} here; try /v1/status`)
  const modifiedAt = file.builtAt ?? (await stat(file.path)).mtime
  await downloads.send(request, response, { ...file, modifiedAt, cacheControl: CACHE })
}

/**
 * With `DatabaseMirror` freshclam learns a version from the header of the `.cvd` alone, and then asks for deltas. Where only a `.cld` is
 * there, its header says the same; the whole file is asked for as what it is.
 */
function findHeader(live: StoredGeneration, request: IncomingMessage, name: string): MirrorFile | undefined {
  const isHeader = name.endsWith('.cvd') && request.headers.range === `bytes=0-${CONTAINER_HEADER_BYTES - 1}`
  return isHeader ? findMirrorFile(live, updatedContainerName(name)) : undefined
}
