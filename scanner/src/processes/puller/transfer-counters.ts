/** Counts downloaded bytes and applied deltas since the process started. */
export class TransferCounters {
  readonly bytes = { update: 0, whole: 0 }
  readonly deltas = { applied: 0, failed: 0 }

  get allBytes(): number {
    return this.bytes.update + this.bytes.whole
  }
}
