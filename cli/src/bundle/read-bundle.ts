import { createHash, type KeyObject } from 'node:crypto'
import { CommandError } from '../command-error.js'
import {
  type BundleFile,
  type BundleManifest,
  MANIFEST_MAX_BYTES,
  MANIFEST_PATH,
  modeOf,
  parseBundleManifest,
  SIGNATURE_PATH,
} from './bundle-manifest.js'
import { ByteReader, StreamEndedError } from './byte-reader.js'
import { decompress } from './compression.js'
import { OciTracker } from './oci-tracker.js'
import { fingerprintOf, isSignedBy, SIGNATURE_FILE_BYTES } from './signing-key.js'
import { describeHeader, paddingBytes, sizeInHeader, TAR_BLOCK_BYTES, TAR_END, tarHeader } from './tar-format.js'
import { findVolumes, readVolumes } from './volumes.js'

/** What to do with what is in a bundle. */
export interface BundleVisitor {
  /** Called once, when the signature was found right and before any file. */
  onManifest?(manifest: BundleManifest): Promise<void>
  /** Called with each file in order. `chunks` throws at its end when the content is not what was signed; nothing may count before. */
  onFile?(file: BundleFile, chunks: AsyncIterable<Buffer>): Promise<void>
}

/**
 * Reads a bundle once, from its first to its last byte, in constant memory. Each byte of the archive is known beforehand from the signed list but for
 * the content of files, and that has its hash there: nothing else can be in a bundle that is accepted.
 *
 * @param path the bundle, or a volume of it.
 * @throws CommandError that says what is wrong with it.
 */
export async function readBundle(path: string, publicKey: KeyObject, visitor: BundleVisitor = {}): Promise<BundleManifest> {
  const reader = new ByteReader(decompress(readVolumes(await findVolumes(path))))
  try {
    const manifest = await readManifest(reader, publicKey)
    await visitor.onManifest?.(manifest)
    const images = new OciTracker(manifest.images)
    for (const file of manifest.files) await readFile({ reader, file, images, visitor })
    images.finish()
    await expectEnd(reader)
    return manifest
  } catch (error) {
    if (!(error instanceof StreamEndedError)) throw error
    throw new CommandError('The archive in the bundle ends early: it is refused. Copy the bundle again.', { cause: error })
  } finally {
    await reader.close()
  }
}

async function readManifest(reader: ByteReader, publicKey: KeyObject): Promise<BundleManifest> {
  const header = await reader.exactly(TAR_BLOCK_BYTES)
  const sizeBytes = sizeInHeader(header)
  if (!(sizeBytes <= MANIFEST_MAX_BYTES) || !header.equals(tarHeader({ path: MANIFEST_PATH, sizeBytes, mode: modeOf(MANIFEST_PATH) })))
    throw new CommandError(`The bundle begins with ${describeHeader(header)} and not with ${MANIFEST_PATH} as it must: it is refused.`)
  const bytes = await reader.exactly(sizeBytes)
  await expectPadding(reader, sizeBytes, MANIFEST_PATH)
  await expectHeader(reader, SIGNATURE_PATH, SIGNATURE_FILE_BYTES)
  const signature = await reader.exactly(SIGNATURE_FILE_BYTES)
  await expectPadding(reader, SIGNATURE_FILE_BYTES, SIGNATURE_PATH)
  if (!isSignedBy(bytes, signature, publicKey))
    throw new CommandError(
      `The bundle is not signed with the key ${fingerprintOf(publicKey)}, or ${MANIFEST_PATH} was changed: it is refused. ` +
        'Check that the public key is the one of whoever made the bundle.',
    )
  return parseBundleManifest(bytes)
}

interface FileContext {
  readonly reader: ByteReader
  readonly file: BundleFile
  readonly images: OciTracker
  readonly visitor: BundleVisitor
}

async function readFile({ reader, file, images, visitor }: FileContext): Promise<void> {
  await expectHeader(reader, file.path, file.sizeBytes)
  const kept: Buffer[] | undefined = images.wants(file) ? [] : undefined
  const chunks = checkedPieces(reader, file, kept)
  if (visitor.onFile) await visitor.onFile(file, chunks)
  // What the visitor left is read too: its hash must be right, and the next file comes after it.
  while (!(await chunks.next()).done);
  if (kept) images.take(file, Buffer.concat(kept))
  await expectPadding(reader, file.sizeBytes, file.path)
}

async function* checkedPieces(reader: ByteReader, file: BundleFile, kept: Buffer[] | undefined): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  try {
    for await (const piece of reader.pieces(file.sizeBytes)) {
      hash.update(piece)
      kept?.push(piece)
      yield piece
    }
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    throw new CommandError(`${error.message} It was read up to ${file.path}.`, { cause: error })
  }
  if (hash.digest('hex') !== file.sha256)
    throw new CommandError(`${file.path} in the bundle is damaged or was changed: the bundle is refused.`)
}

async function expectHeader(reader: ByteReader, path: string, sizeBytes: number): Promise<void> {
  const header = await reader.exactly(TAR_BLOCK_BYTES)
  if (header.equals(tarHeader({ path, sizeBytes, mode: modeOf(path) }))) return
  throw new CommandError(`The bundle holds ${describeHeader(header)} where ${path} must be, unchanged: it is refused.`)
}

async function expectPadding(reader: ByteReader, sizeBytes: number, path: string): Promise<void> {
  const padding = await reader.exactly(paddingBytes(sizeBytes))
  if (padding.some((byte) => byte !== 0)) throw new CommandError(`Something is hidden behind ${path} in the bundle: it is refused.`)
}

async function expectEnd(reader: ByteReader): Promise<void> {
  const header = await reader.exactly(TAR_BLOCK_BYTES)
  if (header.some((byte) => byte !== 0))
    throw new CommandError(`The bundle holds ${describeHeader(header)}, which is not in its list: it is refused.`)
  const rest = await reader.exactly(TAR_END.length - TAR_BLOCK_BYTES)
  if (rest.some((byte) => byte !== 0) || !(await reader.isAtEnd()))
    throw new CommandError('The bundle goes on behind its end: it is refused.')
}
