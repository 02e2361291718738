import { type SignatureImport, signatureBundleOf } from '@guardimesh/contracts'
import type { IncomingFile } from './list-incoming.js'

interface IncompleteBundle {
  readonly stamps: string
  readonly entry: SignatureImport
}

/** Tracks signature bundles with missing volumes. */
export class IncompleteBundles {
  #bundles = new Map<string, IncompleteBundle>()

  /** Records a bundle that waits for another volume. */
  add(files: readonly IncomingFile[], entry: SignatureImport): void {
    this.#bundles.set(bundleNameOf(files), { stamps: stampsOf(files), entry })
  }

  /** True while the volumes are the same as when the bundle was added. */
  isWaiting(files: readonly IncomingFile[]): boolean {
    return this.#bundles.get(bundleNameOf(files))?.stamps === stampsOf(files)
  }

  /** Removes a bundle and returns its waiting import, if any. */
  remove(files: readonly IncomingFile[]): SignatureImport | undefined {
    const name = bundleNameOf(files)
    const incomplete = this.#bundles.get(name)
    this.#bundles.delete(name)
    return incomplete?.entry
  }

  /** Removes bundles whose files no longer exist. @returns their imports. */
  forgetAllBut(files: readonly IncomingFile[]): SignatureImport[] {
    const present = new Set(files.map(({ name }) => signatureBundleOf(name)))
    const removed = [...this.#bundles].filter(([name]) => !present.has(name))
    for (const [name] of removed) this.#bundles.delete(name)
    return removed.map(([, { entry }]) => entry)
  }
}

/** Groups files into imports: one per bundle, because bundles may have to wait, and one for all other files. Pure. */
export function groupByBundle(files: readonly IncomingFile[]): IncomingFile[][] {
  const groups = Map.groupBy(files, ({ name }) => signatureBundleOf(name))
  return [...groups.values()]
}

/** Removes the volumes of bundles that have unstable volumes. Pure. */
export function withCompleteBundles(stable: readonly IncomingFile[], all: readonly IncomingFile[]): IncomingFile[] {
  const unstable = new Set(all.filter((file) => !stable.includes(file)).map(({ name }) => signatureBundleOf(name)))
  unstable.delete(undefined)
  return stable.filter(({ name }) => !unstable.has(signatureBundleOf(name)))
}

function bundleNameOf(files: readonly IncomingFile[]): string {
  return signatureBundleOf(files[0]?.name ?? '') ?? ''
}

function stampsOf(files: readonly IncomingFile[]): string {
  return files.map(({ path, stamp }) => `${path} ${stamp}`).join('\n')
}
