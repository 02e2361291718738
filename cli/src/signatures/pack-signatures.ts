import { createPublicKey, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { type SignatureBundleManifest, signatureBundleName } from '@guardimesh/contracts'
import { fingerprintOf } from '@guardimesh/kit'
import { SIGNATURE_BUNDLE_FORM, type WrittenArchive, writeArchive } from '@guardimesh/signature-format'
import { CommandError } from '../command-error.js'
import type { Report } from '../terminal/steps.js'
import { collectSignatures } from './collect-signatures.js'
import { type BundlePlan, planBundle } from './plan-bundle.js'
import type { StatusExport } from './status-export.js'
import { type SourceVerification, verifySources } from './verify-sources.js'

export interface PackOptions {
  readonly folders: readonly string[]
  readonly privateKey: KeyObject
  readonly outputFolder: string
  readonly volumeSizeBytes: number
  /** Databases at the destination. */
  readonly since: StatusExport | undefined
  readonly note: string
  readonly report: Report
}

export interface PackResult {
  readonly plan: BundlePlan
  readonly ignored: readonly string[]
  readonly verification: SourceVerification
  readonly signer: string
  /** Undefined when the destination has all files. */
  readonly written: WrittenArchive<SignatureBundleManifest> | undefined
}

/** Packs a signature bundle. @throws CommandError, GuardError with the invalid file. */
export async function packSignatures(options: PackOptions): Promise<PackResult> {
  const { privateKey, report } = options
  report('reading folders')
  const { files: sources, ignored } = await collectSignatures(options.folders)
  if (sources.length === 0)
    throw new CommandError(
      `No signatures found in ${options.folders.join(', ')}. Specify a database folder of freshclam or cvdupdate, or your own.`,
    )
  const plan = planBundle(sources, options.since?.databases ?? [])
  const verification = await verifySources(plan.files, report)
  const signer = fingerprintOf(createPublicKey(privateKey))
  const common = { plan, ignored, verification, signer }
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
