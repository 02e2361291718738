import { isContainerName, parseDeltaName, signedFileOf, stemOf } from '@guardimesh/signature-format'
import type { SourceFile } from './generation-lists.js'
import { isReplacedBy } from './replacement.js'

/** Deltas of one database to keep for the mirror: more than a month of daily ones. */
const KEPT_DELTAS = 40

/** A source with its current path. */
export interface Source extends SourceFile {
  readonly path: string
}

/** The sources of a draft, with one version of each. */
export class SourceSet {
  #sources: readonly Source[]

  constructor(sources: readonly Source[]) {
    this.#sources = sources
  }

  /** Adds a source and removes the one that it replaces. */
  put(source: Source): void {
    this.#sources = [...this.#sources.filter((other) => !isReplacedBy(other, source)), source]
  }

  /** Removes a source, if present. */
  remove(kind: SourceFile['kind'], name: string): void {
    this.#sources = this.#sources.filter((source) => source.kind !== kind || source.name !== name)
  }

  /** Returns the container "daily.cvd", "daily.cld" or "daily.cud" for the stem "daily". */
  container(stem: string): Source | undefined {
    return this.#sources.find(({ kind, name }) => kind === 'clamav' && isContainerName(name) && stemOf(name) === stem)
  }

  has(name: string): boolean {
    return this.#sources.some((source) => source.kind === 'clamav' && source.name === name)
  }

  /** True when the file that a detached signature belongs to is present. */
  hasSignedFileOf(name: string): boolean {
    const signed = signedFileOf(name)
    if (signed?.kind === 'delta') return this.has(signed.name)
    const container = signed && this.container(signed.stem)
    return container !== undefined && (signed?.version === undefined || signed.version === container.version)
  }

  /** The sources to keep, sorted by name: without obsolete deltas and without detached signatures of missing files. */
  get kept(): readonly Source[] {
    const useful = new SourceSet(this.#sources.filter((source) => this.#isUsefulDelta(source)))
    return useful.#sources
      .filter(({ name }) => signedFileOf(name) === undefined || useful.hasSignedFileOf(name))
      .toSorted((one, other) => (`${one.kind}/${one.name}` < `${other.kind}/${other.name}` ? -1 : 1))
  }

  #isUsefulDelta({ name }: Source): boolean {
    const delta = parseDeltaName(name)
    if (!delta) return true
    const newest = this.container(delta.stem)?.version
    return newest !== undefined && delta.version <= newest && delta.version > newest - KEPT_DELTAS
  }
}
