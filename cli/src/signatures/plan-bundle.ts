import type { SignatureBundleRequirement, SignatureDatabase } from '@guardimesh/contracts'
import { isContainerName, type SignedFile, stemOf } from '@guardimesh/signature-format'
import type { SignatureSource } from './collect-signatures.js'
import { stepsTo } from './steps-to.js'

/** What goes into a bundle, and what does not. */
export interface BundlePlan {
  readonly files: readonly SignatureSource[]
  readonly requires: readonly SignatureBundleRequirement[]
  /** What the other side has already. */
  readonly known: readonly SignatureSource[]
  /** Of which only the steps are taken. */
  readonly stepped: readonly Stepped[]
  /** Steps that lead nowhere, containers that a newer one stands beside, signatures of what is not packed. */
  readonly useless: readonly SignatureSource[]
}

export interface Stepped {
  readonly container: SignatureSource
  readonly fromVersion: number
  readonly steps: readonly SignatureSource[]
}

type Database = Pick<SignatureDatabase, 'path' | 'sha256' | 'version'>

/** What becomes of one database. */
interface Choice {
  readonly files: readonly SignatureSource[]
  readonly known: readonly SignatureSource[]
  readonly requires: readonly SignatureBundleRequirement[]
  readonly stepped: readonly Stepped[]
}

const NOTHING: Choice = { files: [], known: [], requires: [], stepped: [] }

/**
 * Decides what is packed. Pure.
 *
 * @param databases what the other side has; none takes everything.
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
  const stepped = choices.flatMap((choice) => choice.stepped)
  const accounted = new Set([...files, ...known, ...stepped.map(({ container }) => container)])
  return {
    files,
    known,
    stepped,
    requires: choices.flatMap(({ requires }) => requires),
    useless: sources.filter((file) => !accounted.has(file)),
  }
}

/** Bytes in all. Pure. */
export function sizeOf(files: readonly Pick<SignatureSource, 'sizeBytes'>[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}

function chooseContainer(container: SignatureSource, sources: readonly SignatureSource[], databases: readonly Database[]): Choice {
  const { path, version = 0 } = container
  const before = databases.find((one) => isContainerName(one.path) && stemOf(one.path) === stemOf(path))?.version ?? undefined
  if (before === version) return { ...NOTHING, known: [container], requires: [{ path, version }] }
  // It would be refused there as an older one.
  if (before !== undefined && before > version) return { ...NOTHING, known: [container] }
  const steps = stepsTo(sources, container, before)
  if (before === undefined || steps.length < version - before || sizeOf(steps) >= container.sizeBytes)
    return { ...NOTHING, files: [container, ...steps] }
  return {
    ...NOTHING,
    files: steps,
    requires: [{ path, version: before }],
    stepped: [{ container, fromVersion: before, steps }],
  }
}

function chooseLoose(file: SignatureSource, databases: readonly Database[]): Choice {
  const isKnown = databases.some(({ path, sha256 }) => path === file.path && sha256 === file.sha256)
  if (!isKnown) return { ...NOTHING, files: [file] }
  return { ...NOTHING, known: [file], requires: [{ path: file.path, sha256: file.sha256 }] }
}

/** One of each stem: of a daily.cvd beside a daily.cld the newer one, and of one version the one whose signature covers all of it. */
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

/** The detached signatures that belong to what is packed. */
function signaturesOf(sources: readonly SignatureSource[], packed: readonly SignatureSource[]): SignatureSource[] {
  return sources.filter(({ name }) => name.form === 'signature' && packed.some((file) => isSignedBy(file, name.of)))
}

function isSignedBy(file: SignatureSource, of: SignedFile): boolean {
  if (of.kind === 'delta') return file.path === `clamav/${of.name}`
  return file.name.form === 'container' && file.name.stem === of.stem && (of.version ?? file.version) === file.version
}
