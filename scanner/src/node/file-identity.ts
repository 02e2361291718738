/** A regular file that was opened for reading. Whoever opened it closes it. Its path is for messages and rules only, never opened again. */
export interface OpenedFile {
  readonly fd: number
  /** As the container sees it, raw bytes. */
  readonly path: Buffer
  readonly sizeBytes: number
  readonly identity: FileIdentity
}

/** What tells that a file is still the one that was looked at: the fast front of the verdict cache. Big integers, as the kernel gives them. */
export interface FileIdentity {
  readonly device: bigint
  readonly inode: bigint
  readonly changedAtNs: bigint
  readonly sizeBytes: bigint
}
