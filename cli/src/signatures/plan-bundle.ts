import type { SignatureBundleRequirement, SignatureDatabase } from '@guardimesh/contracts'
import { isContainerName, type SignedFile, stemOf } from '@guardimesh/signature-format'
import type { SignatureSource } from './collect-signatures.js'
import { findDeltaChain } from './find-delta-chain.js'

/** Files to pack and files to skip. */
export interface BundlePlan {
  readonly files: readonly SignatureSource[]
  readonly requires: readonly SignatureBundleRequirement[]
  /** Files that the destination already has. */
  readonly known: readonly SignatureSource[]
  /** Containers that are packed as deltas. */
  readonly viaDeltas: readonly DeltaChain[]
  /** Deltas without a database, older containers of a database, and detached signatures of files that are not packed. */
  readonly unneeded: readonly SignatureSource[]
}

export interface DeltaChain {
  readonly container: SignatureSource
  readonly fromVersion: number
  readonly deltas: readonly SignatureSource[]
}

type Database = Pick<SignatureDatabase, 'path' | 'sha256' | 'version'>

/** Decision for one database. */
interface Choice {
  readonly files: readonly SignatureSource[]
  readonly known: readonly SignatureSource[]
  readonly requires: readonly SignatureBundleRequirement[]
  readonly viaDeltas: readonly DeltaChain[]
}

const NOTHING: Choice = { files: [], known: [], requires: [], viaDeltas: [] }

/**
 * Decides which files are packed. Pure.
 *
 * @param databases databases at the destination; empty packs everything.
 */
export function planBundle(sources: readonly SignatureSource[], databases: readonly Database[]): BundlePlan {
  const loose = sources.filter(({ name }) => name.form === 'loose')
  const choices = [
    ...newestContainers(sources).map((container) => chooseContainer(container, sources, databases)),
    ...loose.map((file) => chooseLoose(file, databases)),
  ]
  const packed = choices.flatMap(({ files }) => files)
  const files = [...packed, ...signaturesOf(sources, packed)]
  const known = choices.flatMap((choice) => choice.known)
  const viaDeltas = choices.flatMap((choice) => choice.viaDeltas)
  const accounted = new Set([...files, ...known, ...viaDeltas.map(({ container }) => container)])
  return {
    files,
    known,
    viaDeltas,
    requires: choices.flatMap(({ requires }) => requires),
    unneeded: sources.filter((file) => !accounted.has(file)),
  }
}

/** Returns the total size in bytes. Pure. */
export function sizeOf(files: readonly Pick<SignatureSource, 'sizeBytes'>[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}

function chooseContainer(container: SignatureSource, sources: readonly SignatureSource[], databases: readonly Database[]): Choice {
  const { path, version = 0 } = container
  const before = databases.find((one) => isContainerName(one.path) && stemOf(one.path) === stemOf(path))?.version ?? undefined
  if (before === version) return { ...NOTHING, known: [container], requires: [{ path, version }] }
  // The destination would reject it as an older version.
  if (before !== undefined && before > version) return { ...NOTHING, known: [container] }
  const deltas = findDeltaChain(sources, container, before)
  if (before === undefined || deltas.length < version - before || sizeOf(deltas) >= container.sizeBytes)
    return { ...NOTHING, files: [container, ...deltas] }
  return {
    ...NOTHING,
    files: deltas,
    requires: [{ path, version: before }],
    viaDeltas: [{ container, fromVersion: before, deltas }],
  }
}

function chooseLoose(file: SignatureSource, databases: readonly Database[]): Choice {
  const isKnown = databases.some(({ path, sha256 }) => path === file.path && sha256 === file.sha256)
  if (!isKnown) return { ...NOTHING, files: [file] }
  return { ...NOTHING, known: [file], requires: [{ path: file.path, sha256: file.sha256 }] }
}

/** Returns one container per database: the newest, and for the same version the .cvd, because its signature covers the whole file. */
function newestContainers(sources: readonly SignatureSource[]): SignatureSource[] {
  const best = new Map<string, SignatureSource>()
  for (const file of sources.filter(({ name }) => name.form === 'container')) {
    const other = best.get(stemOf(file.path))
    if (!other || rankOf(file) > rankOf(other)) best.set(stemOf(file.path), file)
  }
  return [...best.values()]
}

function rankOf({ path, version = 0 }: SignatureSource): number {
  return version * 2 + (path.endsWith('.cvd') ? 1 : 0)
}

/** Returns the detached signatures of the packed files. */
function signaturesOf(sources: readonly SignatureSource[], packed: readonly SignatureSource[]): SignatureSource[] {
  return sources.filter(({ name }) => name.form === 'detached-signature' && packed.some((file) => isSignedBy(file, name.of)))
}

function isSignedBy(file: SignatureSource, of: SignedFile): boolean {
  if (of.kind === 'delta') return file.path === `clamav/${of.name}`
  return file.name.form === 'container' && file.name.stem === of.stem && (of.version ?? file.version) === file.version
}
