import { type SignatureImport, signatureBundleOf } from '@guardimesh/contracts'
import type { IncomingFile } from './list-incoming.js'

interface Awaited {
  readonly stamps: string
  readonly entry: SignatureImport
}

/** Signature bundles whose other volumes are not there yet. */
export class AwaitedBundles {
  #bundles = new Map<string, Awaited>()

  /** Notes that nothing but another volume helps. */
  add(files: readonly IncomingFile[], entry: SignatureImport): void {
    this.#bundles.set(bundleNameOf(files), { stamps: stampsOf(files), entry })
  }

  /** True while the volumes are those that were not enough. */
  isWaiting(files: readonly IncomingFile[]): boolean {
    return this.#bundles.get(bundleNameOf(files))?.stamps === stampsOf(files)
  }

  /** The import that waits for these, for its next try. */
  take(files: readonly IncomingFile[]): SignatureImport | undefined {
    const name = bundleNameOf(files)
    const awaited = this.#bundles.get(name)
    this.#bundles.delete(name)
    return awaited?.entry
  }

  /** Forgets those whose volumes were taken away. @returns their imports. */
  forgetAllBut(files: readonly IncomingFile[]): SignatureImport[] {
    const present = new Set(files.map(({ name }) => signatureBundleOf(name)))
    const gone = [...this.#bundles].filter(([name]) => !present.has(name))
    for (const [name] of gone) this.#bundles.delete(name)
    return gone.map(([, { entry }]) => entry)
  }
}

/** Files that are imported together: the volumes of each bundle by themselves, as they may have to wait, and all else. Pure. */
export function partBundles(files: readonly IncomingFile[]): IncomingFile[][] {
  const parts = Map.groupBy(files, ({ name }) => signatureBundleOf(name))
  return [...parts.values()]
}

/** Of those that stand still, no volume of a bundle of which another one does not yet. Pure. */
export function withWholeBundles(settled: readonly IncomingFile[], all: readonly IncomingFile[]): IncomingFile[] {
  const moving = new Set(all.filter((file) => !settled.includes(file)).map(({ name }) => signatureBundleOf(name)))
  moving.delete(undefined)
  return settled.filter(({ name }) => !moving.has(signatureBundleOf(name)))
}

function bundleNameOf(files: readonly IncomingFile[]): string {
  return signatureBundleOf(files[0]?.name ?? '') ?? ''
}

function stampsOf(files: readonly IncomingFile[]): string {
  return files.map(({ path, stamp }) => `${path} ${stamp}`).join('\n')
}
