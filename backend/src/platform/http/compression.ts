import type { FastifyCompressOptions } from '@fastify/compress'

/** A smaller response fits into one packet. */
const THRESHOLD_BYTES = 1024

/**
 * Compresses responses: the files of the console, and lists of the API. A browser sends no session cookie with requests of other sites
 * (SameSite=Strict), so they cannot measure the sizes of responses to guess their content. The event stream is not compressed, because
 * events would wait in the compressor.
 */
export const COMPRESSION: FastifyCompressOptions = {
  encodings: ['br', 'gzip'],
  threshold: THRESHOLD_BYTES,
  customTypes: /^(text\/(?!event-stream)|application\/([a-z]+\+)?(json|javascript)|image\/svg\+xml)/,
  // The routes of the ingestion decompress bodies themselves, within their limits.
  globalDecompression: false,
}
