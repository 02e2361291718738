import { createHash, type KeyObject } from 'node:crypto'
import { archiveError, archiveFaultOf } from './archive-error.js'
import { type ArchiveFile, type ArchiveForm, type ArchiveList, parseArchiveList } from './archive-form.js'
import { ByteReader, StreamEndedError } from './byte-reader.js'
import { decompress } from './compression.js'
import { fingerprintOf, isSignedBy, SIGNATURE_FILE_BYTES } from './signing-key.js'
import { describeHeader, paddingBytes, sizeInHeader, TAR_BLOCK_BYTES, TAR_END, tarHeader } from './tar-format.js'
import { findVolumes, readVolumes } from './volumes.js'

/** What to do with what is in an archive. */
export interface ArchiveVisitor<List extends ArchiveList> {
  /** Called once, when the signature was found right and before any file. */
  onList?(list: List): Promise<void>
  /** Called with each file in order. `chunks` throws at its end when the content is not what was signed; nothing may count before. */
  onFile?(file: List['files'][number], chunks: AsyncIterable<Buffer>): Promise<void>
}

export interface ReadOptions<List extends ArchiveList> {
  /** The archive, or a volume of it. */
  readonly path: string
  readonly form: ArchiveForm<List>
  /** Those that may have signed it; undefined reads it without asking who did. */
  readonly publicKeys: readonly KeyObject[] | undefined
  /** Says more of an archive that none of the keys signed, for a person; nothing in it is proved. */
  readonly describeUnsigned?: (list: Buffer) => string
}

export interface ReadArchive<List extends ArchiveList> {
  readonly list: List
  /** Which of the keys signed it. */
  readonly signer: KeyObject | undefined
}

/**
 * Reads an archive once, from its first to its last byte, in constant memory. Each byte of it is known beforehand from the signed list but for
 * the content of files, and that has its hash there: nothing else can be in an archive that is accepted.
 *
 * @throws GuardError ARCHIVE_INVALID that says what is wrong with it.
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
    throw archiveError('damaged', 'The archive in the bundle ends early: it is refused. Copy the bundle again.', error)
  } finally {
    await reader.close()
  }
}

async function readList<List extends ArchiveList>(reader: ByteReader, options: ReadOptions<List>): Promise<ReadArchive<List>> {
  const { form, publicKeys } = options
  const header = await reader.exactly(TAR_BLOCK_BYTES)
  const sizeBytes = sizeInHeader(header)
  if (!(sizeBytes <= form.listMaxBytes) || !header.equals(headerOf(form, { path: form.listPath, sizeBytes })))
    throw archiveError(
      'damaged',
      `The bundle begins with ${describeHeader(header)} and not with ${form.listPath} as it must: it is refused.`,
    )
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
  const more = describeUnsigned?.(list) ?? 'Check that the public key is the one of whoever made the bundle.'
  return archiveError('signature', `The bundle is not signed with the key ${keys}, or ${form.listPath} was changed: it is refused. ${more}`)
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
  // What the visitor left is read too: its hash must be right, and the next file comes after it.
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
  if (hash.digest('hex') !== file.sha256)
    throw archiveError('damaged', `${file.path} in the bundle is damaged or was changed: the bundle is refused.`)
}

type HeaderFacts = Pick<ArchiveFile, 'path' | 'sizeBytes'>

function headerOf(form: Pick<ArchiveForm<ArchiveList>, 'modeOf'>, { path, sizeBytes }: HeaderFacts): Buffer {
  return tarHeader({ path, sizeBytes, mode: form.modeOf(path) })
}

async function expectHeader(reader: ByteReader, form: Pick<ArchiveForm<ArchiveList>, 'modeOf'>, file: HeaderFacts): Promise<void> {
  const header = await reader.exactly(TAR_BLOCK_BYTES)
  if (header.equals(headerOf(form, file))) return
  throw archiveError('damaged', `The bundle holds ${describeHeader(header)} where ${file.path} must be, unchanged: it is refused.`)
}

async function expectPadding(reader: ByteReader, { path, sizeBytes }: HeaderFacts): Promise<void> {
  const padding = await reader.exactly(paddingBytes(sizeBytes))
  if (padding.some((byte) => byte !== 0)) throw archiveError('damaged', `Something is hidden behind ${path} in the bundle: it is refused.`)
}

async function expectEnd(reader: ByteReader): Promise<void> {
  const header = await reader.exactly(TAR_BLOCK_BYTES)
  if (header.some((byte) => byte !== 0))
    throw archiveError('damaged', `The bundle holds ${describeHeader(header)}, which is not in its list: it is refused.`)
  const rest = await reader.exactly(TAR_END.length - TAR_BLOCK_BYTES)
  if (rest.some((byte) => byte !== 0) || !(await reader.isAtEnd()))
    throw archiveError('damaged', 'The bundle goes on behind its end: it is refused.')
}
