import { z } from 'zod'

export const DATABASE_FILE = 'database.dump'
export const SIGNATURES_FILE = 'signatures.tar'
export const LIST_FILE = 'backup.json'
/** Signature of the list; only in signed backups. */
export const SIGNATURE_FILE = 'backup.json.sig'
export const BACKUP_FILE_MODE = 0o600

const CONTENT_FILES = [DATABASE_FILE, SIGNATURES_FILE] as const
export type ContentFile = (typeof CONTENT_FILES)[number]

/**
 * `backup.json`, after the content of a backup: the list of its files. In format 2, content is stored in numbered pieces, so that a backup
 * can be written, and therefore encrypted, as a stream. In format 1, each file is one entry.
 */
export const BackupList = z.object({
  format: z.literal([1, 2]),
  madeAtMs: z.number().int(),
  /** Name of the GuardimeshPlatform. */
  platform: z.string().max(253),
  version: z.string().max(63),
  /** Latest migration of the database, and its increasing number. */
  schema: z.object({ name: z.string().max(255), number: z.number().int() }),
  files: z.array(z.object({ path: z.enum(CONTENT_FILES), sizeBytes: z.number().int(), sha256: z.string() })).length(CONTENT_FILES.length),
})
export type BackupList = z.infer<typeof BackupList>

const PIECE_NAME = /^(.+?)(?:\.\d{6})?$/

/** Returns the name of a piece: "database.dump.000001". Pure. */
export function pieceName(path: ContentFile, number: number): string {
  return `${path}.${String(number).padStart(6, '0')}`
}

/** Returns the file that an entry of the archive is a piece of; undefined when it is none. Pure. */
export function contentFileOf(entryPath: string): ContentFile | undefined {
  const [, path] = PIECE_NAME.exec(entryPath) ?? []
  return CONTENT_FILES.find((one) => one === path)
}
