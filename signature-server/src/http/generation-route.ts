import type { IncomingMessage, ServerResponse } from 'node:http'
import { GuardError } from '@guardimesh/kit'
import type { Catalog } from '../catalog/catalog.js'
import type { Downloads } from '../files/downloads.js'

/** A generation never changes. */
const CACHE = 'public, max-age=31536000, immutable'

/** `GET /v1/generations/G/PATH`: a file of the manifest, or an update. @throws GuardError ROUTE_NOT_FOUND */
export async function sendGenerationFile(
  { catalog, downloads }: { readonly catalog: Catalog; readonly downloads: Downloads },
  request: IncomingMessage,
  response: ServerResponse,
  { generation, path }: { readonly generation: string; readonly path: string },
): Promise<void> {
  // Only what the lists of a generation name is ever opened.
  const stored = catalog.stored(generation)
  const file = [...(stored?.manifest.files ?? []), ...(stored?.deltas ?? [])].find((one) => one.path === path)
  if (!file) throw new GuardError('ROUTE_NOT_FOUND', `there is no ${path} in a generation ${generation}; ask for the catalogue again`)
  const { sizeBytes, sha256 } = file
  await downloads.send(request, response, { path: catalog.pathOf(generation, file), sizeBytes, sha256, cacheControl: CACHE })
}
