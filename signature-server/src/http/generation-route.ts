import type { IncomingMessage, ServerResponse } from 'node:http'
import { GuardError } from '@guardimesh/kit'
import type { Catalog } from '../catalog/catalog.js'
import type { DownloadLimiter } from '../files/download-limiter.js'

/** Generations are immutable. */
const CACHE = 'public, max-age=31536000, immutable'

/** `GET /v1/generations/G/PATH`: a file of the manifest, or a delta. @throws GuardError ROUTE_NOT_FOUND */
export async function sendGenerationFile(
  { catalog, downloads }: { readonly catalog: Catalog; readonly downloads: DownloadLimiter },
  request: IncomingMessage,
  response: ServerResponse,
  { generation, path }: { readonly generation: string; readonly path: string },
): Promise<void> {
  // Only listed files are opened, so the path needs no further validation.
  const stored = catalog.stored(generation)
  const file = [...(stored?.manifest.files ?? []), ...(stored?.deltas ?? [])].find((one) => one.path === path)
  if (!file) throw new GuardError('ROUTE_NOT_FOUND', `file ${path} of generation ${generation} not found; request the catalogue again`)
  const { sizeBytes, sha256 } = file
  await downloads.send(request, response, { path: catalog.pathOf(generation, file), sizeBytes, sha256, cacheControl: CACHE })
}
