import {
  ChangeRollOut,
  CustomSignatures,
  ImportStarted,
  ReplaceCustomSignatures,
  RollBack,
  SignatureServerStatus,
  SignatureSettings,
  SignatureStaleness,
  StartImport,
} from '@guardimesh/contracts'
import { answer, noContent, problem } from '../answer.js'
import { type SignatureState, serverOf, startMockImport } from '../signature-state.js'
import type { MockCall, MockHandler, MockRoute } from './mock-route.js'
import { uploadRoutes } from './uploads.js'

type StateOf = (call: MockCall) => SignatureState

/** Marked input: files with this prefix are rejected. */
function findRejection(files: readonly string[]) {
  const marked = files.find((name) => name.startsWith('refused'))
  if (!marked) return undefined
  const message = `${marked} has no valid ClamAV signature: the file is corrupt or was modified. Download it again and compare its SHA-256 on both machines.`
  return { check: 'digital-signature', message }
}

/** Marked input: rules with this word do not compile. */
function findRuleRejection({ rules }: CustomSignatures) {
  const faulty = rules.find(({ text }) => text.includes('error-compile'))
  if (!faulty) return undefined
  const line = faulty.text.split('\n').findIndex((text) => text.includes('error-compile')) + 1
  const message = `${faulty.name}.yar does not compile: line ${line}: unexpected word "error-compile". Fix the rule and save again.`
  return { check: 'rules', message }
}

/** Rejects requests of viewers, and all requests if the backend has no management key. */
function guarded(stateOf: StateOf, handler: (call: MockCall, state: SignatureState) => Response | Promise<Response>): MockHandler {
  return (call) => {
    const state = stateOf(call)
    if (call.session?.behaviour === 'viewer') return problem('ROLE_MISSING', 'only administrators can do this')
    if (!state.view.canChange) return problem('SIGNATURE_SERVER_UNAVAILABLE', 'the backend has no management key of the signature server')
    return handler(call, state)
  }
}

const status = (state: SignatureState) => answer(SignatureServerStatus, serverOf(state))

function changeRollOut({ body }: MockCall, state: SignatureState): Response {
  const { action, generation, reason } = ChangeRollOut.parse(body)
  const server = serverOf(state)
  if (server.rollOut?.generation !== generation) return problem('SIGNATURES_CHANGED', `the rollout of ${generation} has ended`)
  if (action === 'hold') server.rollOut = { ...server.rollOut, state: 'held', reason }
  else server.rollOut = null
  if (action === 'promote') activate(state, generation)
  if (action === 'discard') server.headGeneration = server.activeGeneration
  return status(state)
}

function rollBack({ body }: MockCall, state: SignatureState): Response {
  const { generation = '', reason } = RollBack.parse(body)
  // Marked input: another user changed the active generation first.
  if (reason === 'error-changed') return problem('SIGNATURES_CHANGED', 'another generation became active in the meantime; review it first')
  const server = serverOf(state)
  if (!server.generations.some((kept) => kept.generation === generation))
    return problem('GENERATION_NOT_FOUND', `the generation ${generation} is no longer retained`)
  server.rollOut = null
  activate(state, generation)
  return status(state)
}

function activate(state: SignatureState, generation: string): void {
  const server = serverOf(state)
  server.activeGeneration = generation
  server.headGeneration = generation
  for (const kept of server.generations) kept.isActive = kept.generation === generation
}

function putCustom({ body, session }: MockCall, state: SignatureState): Response {
  const wanted = ReplaceCustomSignatures.parse(body)
  // Marked input: the first save with this text conflicts with a change by another user.
  if (state.custom.revision === wanted.revision && JSON.stringify(wanted).includes('error-conflict')) bumpRevision(state)
  if (wanted.revision !== state.custom.revision)
    return problem(
      'SIGNATURES_CHANGED',
      `the custom signatures have revision ${state.custom.revision}; load them again and repeat the change`,
    )
  const importId = startMockImport(state, {
    files: [],
    source: 'change',
    importedBy: session?.email ?? '',
    rejection: findRuleRejection(wanted),
    onPublished: () => {
      state.custom = withStamps(wanted, session?.email ?? '')
      bumpRevision(state)
    },
  })
  return answer(ImportStarted, { importId })
}

function bumpRevision(state: SignatureState): void {
  state.custom = { ...state.custom, revision: state.custom.revision + 1 }
  serverOf(state).customRevision = state.custom.revision
}

/** Adds user and time to new entries. */
function withStamps(custom: CustomSignatures, addedBy: string): CustomSignatures {
  const addedAt = new Date().toISOString()
  const stamp = <Entry extends { addedAt?: string | undefined }>(entries: Entry[]) =>
    entries.map((entry) => (entry.addedAt === undefined ? { ...entry, addedBy, addedAt } : entry))
  return {
    revision: custom.revision,
    ignoredSignatures: stamp(custom.ignoredSignatures),
    ignoredFiles: stamp(custom.ignoredFiles),
    hashes: stamp(custom.hashes),
    rules: stamp(custom.rules),
  }
}

function startImport({ body, session }: MockCall, state: SignatureState): Response {
  const { uploadIds, remove } = StartImport.parse(body)
  const server = serverOf(state)
  const unknown = remove.find((path) => !server.sources.some((source) => source.path === path))
  if (unknown !== undefined) return problem('BODY_INVALID', `"${unknown}" is not an imported file`)
  const uploads = uploadIds.map((uploadId) => state.uploads.get(uploadId))
  const missing = uploads.findIndex((upload) => upload === undefined || upload.offset < upload.sizeBytes)
  if (missing >= 0) return problem('UPLOAD_NOT_FOUND', `the upload ${uploadIds[missing]} does not exist or is incomplete`)
  const files = uploads.flatMap((upload) => upload?.name ?? [])
  for (const uploadId of uploadIds) state.uploads.delete(uploadId)
  const importId = startMockImport(state, {
    files,
    removed: remove,
    source: files.length > 0 ? 'upload' : 'change',
    importedBy: session?.email ?? '',
    rejection: findRejection(files),
    onPublished: () => {
      server.sources = server.sources.filter(({ path }) => !remove.includes(path))
    },
  })
  return answer(ImportStarted, { importId })
}

function putSettings({ body }: MockCall, state: SignatureState): Response {
  const settings = SignatureSettings.parse(body)
  if (settings.canary.nodes.includes('error-500')) return problem('INTERNAL', 'the settings could not be stored')
  serverOf(state).settings = settings
  return status(state)
}

function putStaleness({ body }: MockCall, state: SignatureState): Response {
  state.view.staleness = SignatureStaleness.parse(body)
  return noContent()
}

export function signatureChangeRoutes(stateOf: StateOf): readonly MockRoute[] {
  return [
    ['GET', /^\/api\/signatures\/custom$/, (call) => answer(CustomSignatures, stateOf(call).custom)],
    ['PUT', /^\/api\/signatures\/custom$/, guarded(stateOf, putCustom)],
    ['POST', /^\/api\/signatures\/roll-out$/, guarded(stateOf, changeRollOut)],
    ['POST', /^\/api\/signatures\/rollback$/, guarded(stateOf, rollBack)],
    ['PUT', /^\/api\/signatures\/settings$/, guarded(stateOf, putSettings)],
    ['PUT', /^\/api\/signatures\/staleness$/, guarded(stateOf, putStaleness)],
    ['POST', /^\/api\/signatures\/imports$/, guarded(stateOf, startImport)],
    ...uploadRoutes((handler) => guarded(stateOf, handler)),
  ]
}
