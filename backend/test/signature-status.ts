import { type SignatureDatabase, SignatureServerStatus } from '@guardimesh/contracts'
import type { z } from 'zod'

const HOUR_MS = 3_600_000

export const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS).toISOString()

/** Latest build times of the two generations of a status. */
export const [NEW, OLD] = [hoursAgo(1.5), hoursAgo(100)]

function aDatabase(builtAt: string): SignatureDatabase {
  return { path: 'clamav/daily.cvd', sizeBytes: 1, sha256: '0'.repeat(64), version: 1, signatures: 1, builtAt }
}

function aGeneration(generation: string, builtAt: string, isActive: boolean) {
  return { generation, isActive, publishedAt: '2026-11-21T10:00:00Z', databases: [aDatabase(''), aDatabase(builtAt)] }
}

/** A valid status of the signature server: "20261121-1" is active, "20261120-1" is kept. */
export function aStatus(changes: Partial<z.input<typeof SignatureServerStatus>> = {}): SignatureServerStatus {
  return SignatureServerStatus.parse({
    activeGeneration: '20261121-1',
    generations: [aGeneration('20261121-1', NEW, true), aGeneration('20261120-1', OLD, false)],
    imports: [],
    ...changes,
  })
}
