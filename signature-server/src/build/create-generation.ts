import { mkdir, readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type CustomSignatures, MAX_SOURCES, SECOND_MS } from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import {
  fingerprint,
  generationNameOf,
  isSameFiles,
  linkOrCopy,
  makeDraft,
  SIGNATURE_FOLDER_MODE,
  type SignatureFile,
} from '@guardimesh/signature-format'
import { withBundle } from '../bundle/bundle-order.js'
import { readNewestBundles, writeNewestBundles } from '../bundle/newest-bundles.js'
import type { Catalog } from '../catalog/catalog.js'
import { makeDeltas } from '../deltas/make-deltas.js'
import { DELTAS_FOLDER, SOURCES_FOLDER, sourcePathOf, writeLists } from '../generation/generation-lists.js'
import type { Source } from '../generation/source-set.js'
import { listGolden } from '../golden/list-golden.js'
import { type LoadLimits, verifyLoad } from '../golden/verify-load.js'
import { verifyRulesMissGolden } from '../golden/verify-rules.js'
import type { ProfileChoice } from '../profiles/keep-line.js'
import { noSpace, refusal } from '../refusal.js'
import { type Addition, collectSources, MAX_FILE_BYTES, requireFileSize } from './collect-sources.js'
import { deriveFiles } from './derive-files.js'
import { BUNDLE_FOLDER, expandBundles } from './expand-bundles.js'
import { headSources } from './head-sources.js'

/** The official set takes 0.3 GiB; a node keeps three generations. */
const MAX_GENERATION_BYTES = 4 * MAX_FILE_BYTES
/** Manifest and folders. */
const SPARE_BYTES = 256 * 1024
/** Harmless files of the administrator, on the volume. */
const GOLDEN_FOLDER = 'golden'

/** What this installation demands of imports. */
export interface ImportPolicy {
  /** False when only what carries a signature that can be proven is taken. */
  readonly acceptsUnsigned: boolean
  /** Folders whose files no signature may call infected, besides `golden/` on the volume. */
  readonly goldenFolders: readonly string[]
  /** Holds the keys of those whose bundles are taken; undefined when none are. */
  readonly trustedKeysFolder?: string | undefined
  /** Of the test load; left out: what a node has for it. */
  readonly loadLimits?: LoadLimits | undefined
}

export interface BuildOptions {
  readonly catalog: Catalog
  readonly additions: readonly Addition[]
  /** Sources of the head that it is made without, as `clamav/ours.ndb`; what is not there any more counts as done. */
  readonly removed?: readonly string[]
  readonly custom: CustomSignatures
  readonly profile: ProfileChoice
  readonly policy: ImportPolicy
  readonly log: Logger
  /** Told what is being done, one sentence with figures. */
  readonly onProgress?: (progress: string) => void
  /** Told the fingerprint of the key that signed what is imported. */
  readonly onSigned?: (signedBy: string) => void
}

/** What became of it. */
export type Built =
  | { readonly kind: 'unchanged'; readonly generation: string }
  | { readonly kind: 'published'; readonly generation: string }

/**
 * Proves files and publishes a generation of the head and them. Until it is published nothing but a draft is written, which is removed when
 * anything fails.
 *
 * @throws the refusal (`refusalOf`) when a file does not hold, GuardError ENGINE_UNAVAILABLE when ClamAV's programs are missing.
 */
export async function createGeneration(options: BuildOptions, signal: AbortSignal): Promise<Built> {
  const { catalog, additions } = options
  requireBounds(additions)
  await requireSpace(catalog.folder, additions)
  const now = momentAfter(catalog.list()[0]?.publishedAt)
  const draft = await makeDraft(catalog.folder, `${now.getTime()}-${process.pid}`)
  try {
    for (const folder of [join(SOURCES_FOLDER, 'yara'), DELTAS_FOLDER])
      await mkdir(join(draft, folder), { recursive: true, mode: SIGNATURE_FOLDER_MODE })
    const newestBundles = await readNewestBundles(catalog.folder, options.log)
    const former = await headSources(catalog, signal)
    const removed = new Set(options.removed)
    const before = former.filter(({ kind, name }) => !removed.has(`${kind}/${name}`))
    const { trustedKeysFolder } = options.policy
    const expanded = await expandBundles(additions, { draft, trustedKeysFolder, newestBundles, before }, signal)
    for (const { signedBy } of expanded.bundles) options.onSigned?.(signedBy)
    const built = await build({ ...options, draft, former, before, now, additions: expanded.additions }, signal)
    const newest = expanded.bundles.reduce(withBundle, newestBundles)
    if (newest !== newestBundles) await writeNewestBundles(catalog.folder, newest)
    return built
  } finally {
    // Nothing is there any more once it was published.
    await rm(draft, { recursive: true, force: true })
  }
}

/** Now, or just after the newest generation when the clock was set back since: what is made later is newer. */
function momentAfter(publishedAt: string | undefined): Date {
  const newestMs = publishedAt === undefined ? 0 : Date.parse(publishedAt)
  return new Date(Math.max(Date.now(), newestMs + SECOND_MS))
}

interface Draft extends BuildOptions {
  readonly draft: string
  /** What the head is made of. */
  readonly former: readonly Source[]
  /** What of it is built on. */
  readonly before: readonly Source[]
  readonly now: Date
}

async function build(options: Draft, signal: AbortSignal): Promise<Built> {
  const { catalog, additions, draft, former, before, now, policy, log, onProgress = () => undefined } = options
  const collectOptions = { draft, acceptsUnsigned: policy.acceptsUnsigned, onProgress }
  const sources = await collectSources(before, additions, collectOptions, signal)
  const damaged = await damagedOf(before)
  requireWhole(sources, damaged)
  const placed = await placeSources(draft, sources)
  const files = await deriveFiles({ ...options, sources: placed }, signal)
  const { head } = catalog
  if (head && damaged.length === 0 && isSameFiles(files, head.files) && isSameSources(former, sources))
    return { kind: 'unchanged', generation: head.generation }
  log.info({ files: files.length, added: additions.map(({ kind, name }) => `${kind}/${name}`) }, 'files proven; loading all for a test')
  const memoryBytes = await prove(options, files, signal)
  log.info('test load passed; making deltas')
  const older = catalog.list().flatMap(({ generation }) => catalog.stored(generation) ?? [])
  const deltas = await makeDeltas({ draft, files, sourceNames: placed.map(({ name }) => name), older, log, onProgress }, signal)
  for (const entry of await readdir(draft)) if (entry.startsWith(BUNDLE_FOLDER)) await rm(join(draft, entry), { recursive: true })
  await writeLists(draft, { files: placed, deltas })
  const generation = freeNameOf(catalog, files, now)
  log.info({ generation, deltas: deltas.length }, 'publishing')
  await catalog.publish(draft, { generation, builtAt: now.toISOString(), files, ...(memoryBytes > 0 && { memoryBytes }) })
  return { kind: 'published', generation }
}

/** Sources that are not what they were when they were brought in. */
async function damagedOf(sources: readonly Source[]): Promise<Source[]> {
  const damaged: Source[] = []
  for (const source of sources) {
    const found = await fingerprint(source.path)
    if (found.sha256 !== source.sha256) damaged.push(source)
  }
  return damaged
}

/** Lets no generation be made of what the volume has spoilt: nodes would not take it. @throws the refusal. */
function requireWhole(sources: readonly Source[], damaged: readonly Source[]): void {
  const bad = sources.find(({ path }) => damaged.some((one) => one.path === path))
  if (!bad) return
  throw refusal(
    'checksum',
    `${bad.name} of the generation that this builds on was damaged on the volume. Put it in again, alone or with the others; an older version needs leave.`,
  )
}

/** A name that no other generation has: names tell seconds and files, and two generations may have the same of both. */
function freeNameOf(catalog: Catalog, files: readonly SignatureFile[], now: Date): string {
  for (let moment = now; ; moment = new Date(moment.getTime() + SECOND_MS)) {
    const name = generationNameOf(files, moment)
    if (!catalog.find(name)) return name
  }
}

/** Loads all for a test and scans the golden set. @returns memory that the load took, bytes; 0 when there is nothing for ClamAV. */
async function prove(options: Draft, files: readonly SignatureFile[], signal: AbortSignal): Promise<number> {
  const { catalog, draft, policy, onProgress = () => undefined } = options
  const golden = await listGolden([...policy.goldenFolders, join(catalog.folder, GOLDEN_FOLDER)])
  const isLoaded = files.some(({ path }) => path.startsWith('clamav/'))
  const memoryBytes = isLoaded ? await verifyLoad({ draft, golden, limits: policy.loadLimits ?? {}, onProgress }, signal) : 0
  await verifyRulesMissGolden({ draft, files, golden, onProgress }, signal)
  return memoryBytes
}

/** Gives all sources their place in the draft, and removes from there what was only on the way to them. */
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

function requireBounds(additions: readonly Addition[]): void {
  for (const { name, sizeBytes } of additions) requireFileSize(name, sizeBytes)
  if (additions.length > MAX_SOURCES)
    throw refusal('size', `There are ${additions.length} files, at most ${MAX_SOURCES} are taken at once. Put fewer in.`)
  const sizeBytes = additions.reduce((sum, file) => sum + file.sizeBytes, 0)
  if (sizeBytes > MAX_GENERATION_BYTES)
    throw refusal('size', `The files have ${sizeBytes} bytes, at most ${MAX_GENERATION_BYTES} are taken. Put less in.`)
}

/** Told before the volume is full to its last byte. */
async function requireSpace(folder: string, additions: readonly Addition[]): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const neededBytes = additions.reduce((sum, { sizeBytes }) => sum + sizeBytes, SPARE_BYTES)
  if (bavail * bsize >= neededBytes) return
  const { check, message } = noSpace(neededBytes, bavail * bsize)
  throw refusal(check, message)
}
