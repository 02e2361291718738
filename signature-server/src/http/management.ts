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

/** Enough for 200 ids, or as many nodes and files. */
const SMALL_BODY_BYTES = 256 * KIB_BYTES
/** 256 Ki characters of YARA rules, however they are escaped. */
const RULES_BODY_BYTES = 2 * MIB_BYTES

/** Who takes things in. Each gives the id of the import, which goes on by itself. */
export interface ImportService {
  importUploads(files: readonly FinishedUpload[], request: ImportRequest): Promise<string>
  /** @throws GuardError SIGNATURES_CHANGED */
  changeCustom(next: CustomSignatures, importedBy: string): Promise<string>
  changeProfile(settings: SignatureSettings, importedBy: string): Promise<string>
}

export interface ManagementOptions {
  readonly catalog: Catalog
  readonly imports: ImportService
  readonly custom: { readonly current: CustomSignatures }
  readonly uploads: Uploads
  readonly ruleTrials: RuleTrialRunner
  /** Undefined: nothing can be changed over HTTP. */
  readonly keyFile: string | undefined
  readonly log: Logger
}

/** What a request that changes something is answered with: an import to follow, or the status. */
export type Managed = { readonly kind: 'started'; readonly importId: string } | { readonly kind: 'status' }

/** What people change over HTTP. */
export class Management {
  readonly #options: ManagementOptions

  constructor(options: ManagementOptions) {
    this.#options = options
  }

  get custom(): CustomSignatures {
    return this.#options.custom.current
  }

  /** @returns who asks. @throws GuardError when the request may not change anything. */
  admit(request: IncomingMessage): string {
    return requireManagementKey(request, this.#options.keyFile, this.#options.log)
  }

  async startImport(request: IncomingMessage): Promise<Managed> {
    const importedBy = this.admit(request)
    const { uploads, imports } = this.#options
    const { uploadIds, ...wanted } = await readJsonBody(request, StartImport, SMALL_BODY_BYTES)
    const importId = await imports.importUploads(await uploads.finished(uploadIds), { importedBy, ...wanted })
    await uploads.forget(uploadIds)
    return started(importId)
  }

  async changeRollOut(request: IncomingMessage): Promise<Managed> {
    const actor = this.admit(request)
    const change = await readJsonBody(request, ChangeRollOut, SMALL_BODY_BYTES)
    await this.#options.catalog.changeRollOut(change)
    this.#options.log.info({ actor, ...change }, 'roll-out changed')
    return { kind: 'status' }
  }

  async rollBack(request: IncomingMessage): Promise<Managed> {
    const actor = this.admit(request)
    const { generation, reason } = await readJsonBody(request, RollBack, SMALL_BODY_BYTES)
    await this.#options.catalog.rollBack(generation)
    this.#options.log.warn({ actor, generation: this.#options.catalog.live?.generation, reason }, 'rolled back')
    return { kind: 'status' }
  }

  /** Canary and pin count at once. Another profile makes a generation, and counts when that is proven. */
  async changeSettings(request: IncomingMessage): Promise<Managed> {
    const actor = this.admit(request)
    const wanted = await readJsonBody(request, SignatureSettings, SMALL_BODY_BYTES)
    const { catalog, imports, log } = this.#options
    const { profile, profileFiles } = catalog.settings
    await catalog.changeSettings({ ...wanted, profile, profileFiles })
    log.info({ actor, canary: wanted.canary, pinned: wanted.pinned, profile: wanted.profile }, 'settings changed')
    const isSameProfile = wanted.profile === profile && (profile !== 'custom' || isDeepStrictEqual(wanted.profileFiles, profileFiles))
    if (!isSameProfile) await imports.changeProfile(wanted, actor)
    return { kind: 'status' }
  }

  async changeCustom(request: IncomingMessage): Promise<Managed> {
    const actor = this.admit(request)
    const wanted = await readJsonBody(request, ReplaceCustomSignatures, MAX_BODY_BYTES)
    return started(await this.#options.imports.changeCustom(wanted, actor))
  }

  /** Tries rules on the golden set and puts nothing in force. @param signal who asks is gone. */
  async tryRules(request: IncomingMessage, signal: AbortSignal): Promise<RuleTrialGolden> {
    const actor = this.admit(request)
    const { rules } = await readJsonBody(request, StartRuleTrial, RULES_BODY_BYTES)
    this.#options.log.info({ actor, chars: rules.length }, 'rules are tried on the golden set')
    return this.#options.ruleTrials.tryRules(rules, signal)
  }
}

function started(importId: string): Managed {
  return { kind: 'started', importId }
}
