import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { GuardError } from '@guardimesh/kit'
import { CONTAINER_HEADER_BYTES, updatedContainerName } from '@guardimesh/signature-format'
import type { Catalog } from '../catalog/catalog.js'
import type { DownloadLimiter } from '../files/download-limiter.js'
import type { StoredGeneration } from '../generation/stored-generation.js'
import { findMirrorFile, type MirrorFile } from './mirror-files.js'

/** The content of a name may change with each generation. */
const CACHE = 'no-cache'

/**
 * `GET /daily.cvd`, `/daily-27000.cdiff`, `/ours.ndb`: serves the files of the active generation to freshclam.
 *
 * freshclam detects newer databases by `Last-Modified`, so that header has the build time of a database. Loose files have no build time;
 * their header has the time of the import.
 *
 * @throws GuardError ROUTE_NOT_FOUND; freshclam then requests another format.
 */
export async function sendMirrorFile(
  { catalog, downloads }: { readonly catalog: Catalog; readonly downloads: DownloadLimiter },
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> {
  const active = catalog.stored(catalog.active?.generation ?? '')
  const file = active && (findMirrorFile(active, name) ?? findHeader(active, request, name))
  if (!file) throw new GuardError('ROUTE_NOT_FOUND', `the active generation has no file ${name}`)
  const modifiedAt = file.builtAt ?? (await stat(file.path)).mtime
  await downloads.send(request, response, { ...file, modifiedAt, cacheControl: CACHE })
}

/**
 * With `DatabaseMirror`, freshclam reads the version from the header of the `.cvd` and then requests deltas. If only a `.cld` exists, this
 * serves its header instead. freshclam requests the full file by its own name.
 */
function findHeader(active: StoredGeneration, request: IncomingMessage, name: string): MirrorFile | undefined {
  const isHeader = name.endsWith('.cvd') && request.headers.range === `bytes=0-${CONTAINER_HEADER_BYTES - 1}`
  return isHeader ? findMirrorFile(active, updatedContainerName(name)) : undefined
}
