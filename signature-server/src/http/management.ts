import type { IncomingMessage } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import {
  ChangeRollOut,
  type CustomSignatures,
  KIB_BYTES,
  MIB_BYTES,
  ReplaceCustomSignatures,
  RollBack,
  type RuleTrialGolden,
  SignatureSettings,
  StartImport,
  StartRuleTrial,
} from '@guardimesh/contracts'
import type { Logger } from '@guardimesh/kit'
import type { Catalog } from '../catalog/catalog.js'
import type { ImportRequest } from '../incoming/import-loop.js'
import type { RuleTrialRunner } from '../trials/rule-trial-runner.js'
import type { FinishedUpload, Uploads } from '../uploads/uploads.js'
import { requireManagementKey } from './management-key.js'
import { MAX_BODY_BYTES, readJsonBody } from './read-body.js'

/** Sufficient for 200 ids, nodes or files. */
const SMALL_BODY_BYTES = 256 * KIB_BYTES
/** Sufficient for 256 Ki characters of YARA rules with JSON escapes. */
const RULES_BODY_BYTES = 2 * MIB_BYTES

/** Queues imports. Each method returns the id of the queued import. */
export interface ImportScheduler {
  importUploads(files: readonly FinishedUpload[], request: ImportRequest): Promise<string>
  /** @throws GuardError SIGNATURES_CHANGED, IMPORT_QUEUE_FULL */
  changeCustom(next: CustomSignatures, importedBy: string): Promise<string>
  changeProfile(settings: SignatureSettings, importedBy: string): Promise<string>
}

export interface ManagementOptions {
  readonly catalog: Catalog
  readonly imports: ImportScheduler
  readonly custom: { readonly current: CustomSignatures }
  readonly uploads: Uploads
  readonly ruleTrials: RuleTrialRunner
  /** Undefined: changes over HTTP are disabled. */
  readonly keyFile: string | undefined
  readonly log: Logger
}

/** Response to a change: the id of a queued import, or the status. */
export type ManagementResult = { readonly kind: 'started'; readonly importId: string } | { readonly kind: 'status' }

/** Handles changes over HTTP. */
export class Management {
  readonly #options: ManagementOptions

  constructor(options: ManagementOptions) {
    this.#options = options
  }

  get custom(): CustomSignatures {
    return this.#options.custom.current
  }

  /** @returns the user. @throws GuardError when the request is not authorized. */
  authorize(request: IncomingMessage): string {
    return requireManagementKey(request, this.#options.keyFile, this.#options.log)
  }

  async startImport(request: IncomingMessage): Promise<ManagementResult> {
    const importedBy = this.authorize(request)
    const { uploads, imports } = this.#options
    const { uploadIds, ...wanted } = await readJsonBody(request, StartImport, SMALL_BODY_BYTES)
    const importId = await imports.importUploads(await uploads.requireFinished(uploadIds), { importedBy, ...wanted })
    await uploads.remove(uploadIds)
    return started(importId)
  }

  async changeRollOut(request: IncomingMessage): Promise<ManagementResult> {
    const actor = this.authorize(request)
    const change = await readJsonBody(request, ChangeRollOut, SMALL_BODY_BYTES)
    await this.#options.catalog.changeRollOut(change)
    this.#options.log.info({ actor, ...change }, 'rollout changed')
    return { kind: 'status' }
  }

  async rollBack(request: IncomingMessage): Promise<ManagementResult> {
    const actor = this.authorize(request)
    const { generation, reason } = await readJsonBody(request, RollBack, SMALL_BODY_BYTES)
    await this.#options.catalog.rollBack(generation)
    this.#options.log.warn({ actor, generation: this.#options.catalog.active?.generation, reason }, 'rolled back')
    return { kind: 'status' }
  }

  /** Applies canary and pin immediately. A changed profile queues a generation and takes effect when that is published. */
  async changeSettings(request: IncomingMessage): Promise<ManagementResult> {
    const actor = this.authorize(request)
    const wanted = await readJsonBody(request, SignatureSettings, SMALL_BODY_BYTES)
    const { catalog, imports, log } = this.#options
    const { profile, profileFiles } = catalog.settings
    await catalog.changeSettings({ ...wanted, profile, profileFiles })
    log.info({ actor, canary: wanted.canary, pinned: wanted.pinned, profile: wanted.profile }, 'settings changed')
    const isSameProfile = wanted.profile === profile && (profile !== 'custom' || isDeepStrictEqual(wanted.profileFiles, profileFiles))
    if (!isSameProfile) await imports.changeProfile(wanted, actor)
    return { kind: 'status' }
  }

  async changeCustom(request: IncomingMessage): Promise<ManagementResult> {
    const actor = this.authorize(request)
    const wanted = await readJsonBody(request, ReplaceCustomSignatures, MAX_BODY_BYTES)
    return started(await this.#options.imports.changeCustom(wanted, actor))
  }

  /** Scans the golden set with rules without activating them. @param signal aborted when the client disconnects. */
  async tryRules(request: IncomingMessage, signal: AbortSignal): Promise<RuleTrialGolden> {
    const actor = this.authorize(request)
    const { rules } = await readJsonBody(request, StartRuleTrial, RULES_BODY_BYTES)
    this.#options.log.info({ actor, chars: rules.length }, 'rule trial started')
    return this.#options.ruleTrials.tryRules(rules, signal)
  }
}

function started(importId: string): ManagementResult {
  return { kind: 'started', importId }
}
