import { isContainerName, parseDeltaName, signedFileOf, stemOf } from '@guardimesh/signature-format'
import type { SourceFile } from './generation-lists.js'
import { isReplacedBy } from './succession.js'

/** Increments of one database that stay for the mirror: a month and more of daily ones. */
const KEPT_DELTAS = 40

/** A source, and where it is now. */
export interface Source extends SourceFile {
  readonly path: string
}

/** The sources of a generation that is being made, of one version each. */
export class SourceSet {
  #sources: readonly Source[]

  constructor(sources: readonly Source[]) {
    this.#sources = sources
  }

  /** Takes one in, in the place of the one that it replaces. */
  put(source: Source): void {
    this.#sources = [...this.#sources.filter((other) => !isReplacedBy(other, source)), source]
  }

  /** Leaves one out, if it is there. */
  remove(kind: SourceFile['kind'], name: string): void {
    this.#sources = this.#sources.filter((source) => source.kind !== kind || source.name !== name)
  }

  /** The container "daily.cvd", "daily.cld" or "daily.cud", by its stem. */
  container(stem: string): Source | undefined {
    return this.#sources.find(({ kind, name }) => kind === 'clamav' && isContainerName(name) && stemOf(name) === stem)
  }

  has(name: string): boolean {
    return this.#sources.some((source) => source.kind === 'clamav' && source.name === name)
  }

  /** True when what a detached signature of that name belongs to is here. */
  hasSignedFileOf(name: string): boolean {
    const signed = signedFileOf(name)
    if (signed?.kind === 'delta') return this.has(signed.name)
    const container = signed && this.container(signed.stem)
    return container !== undefined && (signed?.version === undefined || signed.version === container.version)
  }

  /** All that are of use, in the order of their names: deltas up to the version of their database, and signatures of what is there. */
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
