import { mkdir, readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type CustomSignatures, MAX_SOURCES, SECOND_MS } from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import {
  createDraft,
  fingerprint,
  generationNameOf,
  isSameFiles,
  type LoadLimits,
  linkOrCopy,
  SIGNATURE_FOLDER_MODE,
  type SignatureFile,
} from '@guardimesh/signature-format'
import { withBundle } from '../bundle/bundle-order.js'
import { readNewestBundles, writeNewestBundles } from '../bundle/newest-bundles.js'
import type { Catalog } from '../catalog/catalog.js'
import { createDeltas } from '../deltas/create-deltas.js'
import { DELTAS_FOLDER, SOURCES_FOLDER, sourcePathOf, writeLists } from '../generation/generation-lists.js'
import type { Source } from '../generation/source-set.js'
import { listGolden } from '../golden/list-golden.js'
import { verifyLoad } from '../golden/verify-load.js'
import { verifyRulesAgainstGolden } from '../golden/verify-rules.js'
import type { ProfileChoice } from '../profiles/keep-line.js'
import { noSpace, refusal } from '../refusal.js'
import { type Addition, collectSources, MAX_FILE_BYTES, requireFileSize } from './collect-sources.js'
import { deriveFiles } from './derive-files.js'
import { BUNDLE_FOLDER, expandBundles } from './expand-bundles.js'
import { readHeadSources } from './read-head-sources.js'

/** Maximum size of one import. The official set has 0.3 GiB; a node keeps three generations. */
const MAX_GENERATION_BYTES = 4 * MAX_FILE_BYTES
/** Reserve for the manifest and folders. */
const SPARE_BYTES = 256 * 1024
/** Folder of the site's own golden files, on the volume. */
const GOLDEN_FOLDER = 'golden'

/** Requirements of this installation for imports. */
export interface ImportPolicy {
  /** False when every file needs a signature that can be verified. */
  readonly acceptsUnsigned: boolean
  /** Folders of the golden set, in addition to `golden/` on the volume. */
  readonly goldenFolders: readonly string[]
  /** Folder of the public keys that bundles may be signed with; undefined when none is trusted. */
  readonly trustedKeysFolder?: string | undefined
  /** Limits of the test load; defaults to those of a node. */
  readonly loadLimits?: LoadLimits | undefined
}

export interface GenerationOptions {
  readonly catalog: Catalog
  readonly additions: readonly Addition[]
  /** Sources of the head to leave out, such as `clamav/ours.ndb`. Missing ones are ignored. */
  readonly removed?: readonly string[]
  readonly custom: CustomSignatures
  readonly profile: ProfileChoice
  readonly policy: ImportPolicy
  readonly log: Logger
  /** Receives a description of the current activity. */
  readonly onProgress?: (progress: string) => void
  /** Receives what was imported in part only. */
  readonly onNotice?: (notice: string) => void
  /** Receives the fingerprint of the key that signed an imported bundle. */
  readonly onSigned?: (signedBy: string) => void
}

/** Result of an import: a new generation, or the head when nothing changed. */
export type CreatedGeneration =
  | { readonly kind: 'unchanged'; readonly generation: string }
  | { readonly kind: 'published'; readonly generation: string }

/**
 * Verifies files and publishes a generation of the head and these files. Before publication only a draft is written; it is removed on
 * failure.
 *
 * @throws the refusal (`refusalOf`) when a file is invalid, GuardError ENGINE_UNAVAILABLE when ClamAV's programs are missing.
 */
export async function createGeneration(options: GenerationOptions, signal: AbortSignal): Promise<CreatedGeneration> {
  const { catalog, additions } = options
  requireSizeLimits(additions)
  await requireSpace(catalog.folder, additions)
  const now = timestampAfter(catalog.list()[0]?.publishedAt)
  const draft = await createDraft(catalog.folder, `${now.getTime()}-${process.pid}`)
  try {
    for (const folder of [join(SOURCES_FOLDER, 'yara'), DELTAS_FOLDER])
      await mkdir(join(draft, folder), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
    const newestBundles = await readNewestBundles(catalog.folder, options.log)
    const headSources = await readHeadSources(catalog, signal)
    const removed = new Set(options.removed)
    const baseSources = headSources.filter(({ kind, name }) => !removed.has(`${kind}/${name}`))
    const { trustedKeysFolder } = options.policy
    const expanded = await expandBundles(additions, { draft, trustedKeysFolder, newestBundles, before: baseSources }, signal)
    for (const { signedBy } of expanded.bundles) options.onSigned?.(signedBy)
    const context = { ...options, draft, headSources, baseSources, now, additions: expanded.additions }
    const created = await verifyAndPublish(context, signal)
    const newest = expanded.bundles.reduce(withBundle, newestBundles)
    if (newest !== newestBundles) await writeNewestBundles(catalog.folder, newest)
    return created
  } finally {
    // After publication the draft no longer exists.
    await rm(draft, { recursive: true, force: true })
  }
}

/** Returns the current time, or one second after the newest generation if the clock was set back: later generations must sort as newer. */
function timestampAfter(publishedAt: string | undefined): Date {
  const newestMs = publishedAt === undefined ? 0 : Date.parse(publishedAt)
  return new Date(Math.max(Date.now(), newestMs + SECOND_MS))
}

interface DraftContext extends GenerationOptions {
  readonly draft: string
  /** Sources of the head. */
  readonly headSources: readonly Source[]
  /** Sources of the head without the removed ones. */
  readonly baseSources: readonly Source[]
  readonly now: Date
}

async function verifyAndPublish(options: DraftContext, signal: AbortSignal): Promise<CreatedGeneration> {
  const { catalog, additions, draft, headSources, baseSources, now, policy, log } = options
  const { onProgress = () => undefined, onNotice = () => undefined } = options
  const { acceptsUnsigned, loadLimits = {} } = policy
  const collectOptions = { draft, acceptsUnsigned, loadLimits, onProgress, onNotice }
  const sources = await collectSources(baseSources, additions, collectOptions, signal)
  const damaged = await findDamaged(baseSources)
  requireUndamaged(sources, damaged)
  const placed = await placeSources(draft, sources)
  const files = await deriveFiles({ ...options, sources: placed }, signal)
  const { head } = catalog
  if (head && damaged.length === 0 && isSameFiles(files, head.files) && isSameSources(headSources, sources))
    return { kind: 'unchanged', generation: head.generation }
  log.info({ files: files.length, added: additions.map(({ kind, name }) => `${kind}/${name}`) }, 'files verified; starting test load')
  const memoryBytes = await verifyDraft(options, files, signal)
  log.info('test load passed; creating deltas')
  const older = catalog.list().flatMap(({ generation }) => catalog.stored(generation) ?? [])
  const deltas = await createDeltas({ draft, files, sourceNames: placed.map(({ name }) => name), older, log, onProgress }, signal)
  for (const entry of await readdir(draft)) if (entry.startsWith(BUNDLE_FOLDER)) await rm(join(draft, entry), { recursive: true })
  await writeLists(draft, { files: placed, deltas })
  const generation = unusedNameFor(catalog, files, now)
  log.info({ generation, deltas: deltas.length }, 'publishing generation')
  await catalog.publish(draft, { generation, builtAt: now.toISOString(), files, ...(memoryBytes > 0 && { memoryBytes }) })
  return { kind: 'published', generation }
}

/** Returns the sources whose content no longer matches their recorded digest. */
async function findDamaged(sources: readonly Source[]): Promise<Source[]> {
  const damaged: Source[] = []
  for (const source of sources) {
    const found = await fingerprint(source.path)
    if (found.sha256 !== source.sha256) damaged.push(source)
  }
  return damaged
}

/** Rejects a generation with sources that were damaged on the volume: nodes would reject it. @throws the refusal. */
function requireUndamaged(sources: readonly Source[], damaged: readonly Source[]): void {
  const bad = sources.find(({ path }) => damaged.some((one) => one.path === path))
  if (!bad) return
  throw refusal(
    'checksum',
    `${bad.name} of the head generation was damaged on the volume. Import it again, alone or together with other files; an older version needs --allow-older or .allow-downgrade.`,
  )
}

/** Returns an unused generation name: two generations with the same files within one second would have the same name. */
function unusedNameFor(catalog: Catalog, files: readonly SignatureFile[], now: Date): string {
  for (let moment = now; ; moment = new Date(moment.getTime() + SECOND_MS)) {
    const name = generationNameOf(files, moment)
    if (!catalog.find(name)) return name
  }
}

/** Runs the test load and scans the golden set. @returns memory of the test load in bytes; 0 without files for ClamAV. */
async function verifyDraft(options: DraftContext, files: readonly SignatureFile[], signal: AbortSignal): Promise<number> {
  const { catalog, draft, policy, onProgress = () => undefined } = options
  const golden = await listGolden([...policy.goldenFolders, join(catalog.folder, GOLDEN_FOLDER)])
  const isLoaded = files.some(({ path }) => path.startsWith('clamav/'))
  const memoryBytes = isLoaded ? await verifyLoad({ draft, golden, limits: policy.loadLimits ?? {}, onProgress }, signal) : 0
  await verifyRulesAgainstGolden({ draft, files, golden, onProgress }, signal)
  return memoryBytes
}

/** Moves or links all sources into the draft and removes intermediate files. */
async function placeSources(draft: string, sources: readonly Source[]): Promise<Source[]> {
  const placed = sources.map((source) => ({ ...source, path: join(draft, sourcePathOf(source)) }))
  const wanted = new Set(placed.map(({ path }) => path))
  for (const folder of [SOURCES_FOLDER, join(SOURCES_FOLDER, 'yara')])
    for (const entry of await readdir(join(draft, folder), { withFileTypes: true }))
      if (entry.isFile() && !wanted.has(join(draft, folder, entry.name))) await rm(join(draft, folder, entry.name))
  for (const [n, { path }] of sources.entries()) {
    const target = placed[n]?.path ?? ''
    if (path !== target) await linkOrCopy(path, target)
  }
  return placed
}

function isSameSources(one: readonly Source[], other: readonly Source[]): boolean {
  const listing = (sources: readonly Source[]) =>
    sources
      .map(({ kind, name, sha256 }) => `${kind}/${name} ${sha256}`)
      .sort()
      .join('\n')
  return listing(one) === listing(other)
}

function requireSizeLimits(additions: readonly Addition[]): void {
  for (const { name, sizeBytes } of additions) requireFileSize(name, sizeBytes)
  if (additions.length > MAX_SOURCES)
    throw refusal('size', `Too many files: ${additions.length} (maximum ${MAX_SOURCES} per import). Import fewer at once.`)
  const sizeBytes = additions.reduce((sum, file) => sum + file.sizeBytes, 0)
  if (sizeBytes > MAX_GENERATION_BYTES)
    throw refusal(
      'size',
      `The files are too large: ${sizeBytes} bytes (maximum ${MAX_GENERATION_BYTES} bytes per import). Import less at once.`,
    )
}

/** Rejects the import before the volume is completely full. */
async function requireSpace(folder: string, additions: readonly Addition[]): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const neededBytes = additions.reduce((sum, { sizeBytes }) => sum + sizeBytes, SPARE_BYTES)
  if (bavail * bsize >= neededBytes) return
  const { check, message } = noSpace(neededBytes, bavail * bsize)
  throw refusal(check, message)
}
