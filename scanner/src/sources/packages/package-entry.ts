export const CHECKSUM_ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const

/** A file in a package database. */
export interface PackageEntry {
  readonly name: string
  /** Empty when unknown. */
  readonly version: string
  readonly algorithm: (typeof CHECKSUM_ALGORITHMS)[number]
  /** Hexadecimal; empty when the database has no checksum. */
  readonly checksum: string
}

/** Maximum size of a file of a package database. The list of a large distribution has about 30 MB. */
export const DATABASE_FILE_MAX_BYTES = 64 * 1024 * 1024
