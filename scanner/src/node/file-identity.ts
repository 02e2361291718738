/** A regular file that is open for reading. Its opener closes it. The path is for messages and rules only and is never opened again. */
export interface OpenedFile {
  readonly fd: number
  /** Path in the container, raw bytes. */
  readonly path: Buffer
  readonly sizeBytes: number
  readonly identity: FileIdentity
}

/** Identifies an unchanged file, as key of the verdict cache. Big integers, as returned by the kernel. */
export interface FileIdentity {
  readonly device: bigint
  readonly inode: bigint
  readonly changedAtNs: bigint
  readonly sizeBytes: bigint
}
