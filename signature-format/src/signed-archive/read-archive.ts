import { createHash, type KeyObject } from 'node:crypto'
import { fingerprintOf } from '@guardimesh/kit'
import { archiveError, archiveFaultOf } from './archive-error.js'
import { type ArchiveFile, type ArchiveForm, type ArchiveList, parseArchiveList } from './archive-form.js'
import { ByteReader, StreamEndedError } from './byte-reader.js'
import { decompress } from './compression.js'
import { isSignedBy, SIGNATURE_FILE_BYTES } from './signing-key.js'
import { describeHeader, paddingBytes, sizeInHeader, TAR_BLOCK_BYTES, TAR_END, tarHeader } from './tar-format.js'
import { findVolumes, readVolumes } from './volumes.js'

/** Callbacks for the content of an archive. */
export interface ArchiveVisitor<List extends ArchiveList> {
  /** Called once after the signature was verified, before any file. */
  onList?(list: List): Promise<void>
  /** Called for each file in order. `chunks` throws at its end if the content does not match the signed digest; use nothing before. */
  onFile?(file: List['files'][number], chunks: AsyncIterable<Buffer>): Promise<void>
}

export interface ReadOptions<List extends ArchiveList> {
  /** The archive, or one of its volumes. */
  readonly path: string
  readonly form: ArchiveForm<List>
  /** Accepted keys; undefined skips the verification of the signature. */
  readonly publicKeys: readonly KeyObject[] | undefined
  /** Describes an archive that none of the keys signed, for the error message. The list is not verified. */
  readonly describeUnsigned?: (list: Buffer) => string
}

export interface ReadArchive<List extends ArchiveList> {
  readonly list: List
  /** The key that signed the archive. */
  readonly signer: KeyObject | undefined
}

/**
 * Reads and verifies an archive in one pass and constant memory. The signed list determines every byte of the archive except the content of
 * files, which it contains the digests of. An accepted archive therefore contains nothing else.
 *
 * @throws GuardError ARCHIVE_INVALID with the reason.
 */
export async function readArchive<List extends ArchiveList>(
  options: ReadOptions<List>,
  visitor: ArchiveVisitor<List> = {},
): Promise<ReadArchive<List>> {
  const reader = new ByteReader(decompress(readVolumes(await findVolumes(options.path))))
  try {
    const { list, signer } = await readList(reader, options)
    await visitor.onList?.(list)
    for (const file of list.files) await readFile({ reader, form: options.form, visitor }, file)
    await expectEnd(reader)
    return { list, signer }
  } catch (error) {
    if (!(error instanceof StreamEndedError)) throw error
    throw archiveError('damaged', 'The bundle is rejected: its archive ends early. Copy the bundle again.', error)
  } finally {
    await reader.close()
  }
}

async function readList<List extends ArchiveList>(reader: ByteReader, options: ReadOptions<List>): Promise<ReadArchive<List>> {
  const { form, publicKeys } = options
  const header = await reader.exactly(TAR_BLOCK_BYTES)
  const sizeBytes = sizeInHeader(header)
  if (!(sizeBytes <= form.listMaxBytes) || !header.equals(headerOf(form, { path: form.listPath, sizeBytes })))
    throw archiveError('damaged', `The bundle is rejected: it starts with ${describeHeader(header)} instead of ${form.listPath}.`)
  const bytes = await reader.exactly(sizeBytes)
  await expectPadding(reader, { path: form.listPath, sizeBytes })
  const signatureFile = { path: form.signaturePath, sizeBytes: SIGNATURE_FILE_BYTES }
  await expectHeader(reader, form, signatureFile)
  const signature = await reader.exactly(SIGNATURE_FILE_BYTES)
  await expectPadding(reader, signatureFile)
  const signer = publicKeys?.find((key) => isSignedBy(bytes, signature, key))
  if (publicKeys && !signer) throw unsigned(options, bytes)
  return { list: parseArchiveList(form, bytes), signer }
}

function unsigned<List extends ArchiveList>({ form, publicKeys, describeUnsigned }: ReadOptions<List>, list: Buffer): Error {
  const keys = publicKeys?.map(fingerprintOf).join(' or ')
  const more = describeUnsigned?.(list) ?? 'Check that the public key belongs to the creator of the bundle.'
  return archiveError(
    'signature',
    `The bundle is rejected: it is not signed with the key ${keys}, or ${form.listPath} was changed. ${more}`,
  )
}

interface FileContext<List extends ArchiveList> {
  readonly reader: ByteReader
  readonly form: ArchiveForm<List>
  readonly visitor: ArchiveVisitor<List>
}

async function readFile<List extends ArchiveList>(context: FileContext<List>, file: ArchiveFile): Promise<void> {
  const { reader, form, visitor } = context
  await expectHeader(reader, form, file)
  const chunks = checkedPieces(reader, file)
  if (visitor.onFile) await visitor.onFile(file, chunks)
  // Reads what the visitor did not, to verify the digest and to reach the next file.
  while (!(await chunks.next()).done);
  await expectPadding(reader, file)
}

async function* checkedPieces(reader: ByteReader, file: ArchiveFile): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  try {
    for await (const piece of reader.pieces(file.sizeBytes)) {
      hash.update(piece)
      yield piece
    }
  } catch (error) {
    const fault = archiveFaultOf(error)
    if (!fault || !(error instanceof Error)) throw error
    throw archiveError(fault, `${error.message} It was read up to ${file.path}.`, error)
  }
  if (hash.digest('hex') !== file.sha256) throw archiveError('damaged', `The bundle is rejected: ${file.path} is damaged or was changed.`)
}

type HeaderFacts = Pick<ArchiveFile, 'path' | 'sizeBytes'>

function headerOf(form: Pick<ArchiveForm<ArchiveList>, 'modeOf'>, { path, sizeBytes }: HeaderFacts): Buffer {
  return tarHeader({ path, sizeBytes, mode: form.modeOf(path) })
}

async function expectHeader(reader: ByteReader, form: Pick<ArchiveForm<ArchiveList>, 'modeOf'>, file: HeaderFacts): Promise<void> {
  const header = await reader.exactly(TAR_BLOCK_BYTES)
  if (header.equals(headerOf(form, file))) return
  throw archiveError(
    'damaged',
    `The bundle is rejected: it contains ${describeHeader(header)} instead of the expected entry for ${file.path}.`,
  )
}

async function expectPadding(reader: ByteReader, { path, sizeBytes }: HeaderFacts): Promise<void> {
  const padding = await reader.exactly(paddingBytes(sizeBytes))
  if (padding.some((byte) => byte !== 0)) throw archiveError('damaged', `The bundle is rejected: it has hidden data after ${path}.`)
}

async function expectEnd(reader: ByteReader): Promise<void> {
  const header = await reader.exactly(TAR_BLOCK_BYTES)
  if (header.some((byte) => byte !== 0))
    throw archiveError('damaged', `The bundle is rejected: it contains ${describeHeader(header)}, which is not in its list.`)
  const rest = await reader.exactly(TAR_END.length - TAR_BLOCK_BYTES)
  if (rest.some((byte) => byte !== 0) || !(await reader.isAtEnd()))
    throw archiveError('damaged', 'The bundle is rejected: it has extra data after the end of the archive.')
}
