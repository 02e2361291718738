import { createPublicKey, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { type SignatureBundleManifest, signatureBundleName } from '@guardimesh/contracts'
import { fingerprintOf, SIGNATURE_BUNDLE_FORM, type WrittenArchive, writeArchive } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import type { Report } from '../terminal/steps.js'
import { collectSignatures } from './collect-signatures.js'
import { type BundlePlan, planBundle } from './plan-bundle.js'
import { type Proof, verifySources } from './prove-sources.js'
import type { StatusExport } from './status-export.js'

export interface PackOptions {
  readonly folders: readonly string[]
  readonly privateKey: KeyObject
  readonly outputFolder: string
  readonly volumeSizeBytes: number
  /** What the other side has. */
  readonly since: StatusExport | undefined
  readonly note: string
  readonly report: Report
}

export interface Packed {
  readonly plan: BundlePlan
  readonly strays: readonly string[]
  readonly proof: Proof
  readonly signer: string
  /** Undefined when the other side has everything. */
  readonly written: WrittenArchive<SignatureBundleManifest> | undefined
}

/** Makes a signature bundle. @throws CommandError, GuardError that says which file is not right. */
export async function packSignatures(options: PackOptions): Promise<Packed> {
  const { privateKey, report } = options
  report('read the folders')
  const { files: sources, strays } = await collectSignatures(options.folders)
  if (sources.length === 0)
    throw new CommandError(
      `There are no signatures in ${options.folders.join(', ')}: name a folder of freshclam, of cvdupdate, or of your own.`,
    )
  const plan = planBundle(sources, options.since?.databases ?? [])
  const proof = await verifySources(plan.files, report)
  const signer = fingerprintOf(createPublicKey(privateKey))
  const common = { plan, strays, proof, signer }
  if (plan.files.length === 0) return { ...common, written: undefined }
  const createdAt = new Date().toISOString()
  const facts = new Map(plan.files.map(({ path, version, builtAt }) => [path, { version, builtAt }]))
  const written = await writeArchive({
    form: SIGNATURE_BUNDLE_FORM,
    sources: plan.files,
    listOf: (files) => ({
      ...{ format: 1, createdAt, note: options.note, signer },
      files: files.map((file) => ({ ...file, ...facts.get(file.path) })),
      requires: plan.requires,
    }),
    pathOf: (list) => join(options.outputFolder, signatureBundleName(list)),
    privateKey,
    volumeSizeBytes: options.volumeSizeBytes,
    onProgress: report,
  })
  return { ...common, written }
}
