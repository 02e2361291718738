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
import type { MockCall, MockHandler, MockRoute } from './context.js'
import { uploadRoutes } from './uploads.js'

type StateOf = (call: MockCall) => SignatureState

/** What the signature server says of marked files. */
function refusalOf(files: readonly string[]) {
  const marked = files.find((name) => name.startsWith('refused'))
  if (!marked) return undefined
  const message = `${marked} does not carry a valid digital signature of ClamAV: the file is damaged or was changed on its way. Fetch it again and compare its SHA-256 on both sides.`
  return { check: 'digital-signature', message }
}

/** Marked input: rules that hold this word do not compile. */
function rulesRefusal({ rules }: CustomSignatures) {
  const faulty = rules.find(({ text }) => text.includes('error-compile'))
  if (!faulty) return undefined
  const line = faulty.text.split('\n').findIndex((text) => text.includes('error-compile')) + 1
  const message = `${faulty.name}.yar does not compile: line ${line}: unexpected word "error-compile". Mend the rule and save again.`
  return { check: 'rules', message }
}

/** Lets administrators through, and nobody where the backend has no key. */
function guarded(stateOf: StateOf, handler: (call: MockCall, state: SignatureState) => Response | Promise<Response>): MockHandler {
  return (call) => {
    const state = stateOf(call)
    if (call.session?.behaviour === 'viewer') return problem('ROLE_MISSING', 'only an administrator may do this')
    if (!state.view.canChange) return problem('SIGNATURE_SERVER_UNAVAILABLE', 'the backend has no key of the signature server')
    return handler(call, state)
  }
}

const status = (state: SignatureState) => answer(SignatureServerStatus, serverOf(state))

function changeRollOut({ body }: MockCall, state: SignatureState): Response {
  const { action, generation, reason } = ChangeRollOut.parse(body)
  const server = serverOf(state)
  if (server.rollOut?.generation !== generation) return problem('SIGNATURES_CHANGED', `${generation} is not rolled out any more`)
  if (action === 'hold') server.rollOut = { ...server.rollOut, state: 'held', reason }
  else server.rollOut = null
  if (action === 'promote') makeLive(state, generation)
  if (action === 'discard') server.headGeneration = server.activeGeneration
  return status(state)
}

function rollBack({ body }: MockCall, state: SignatureState): Response {
  const { generation = '', reason } = RollBack.parse(body)
  // Marked input: somebody else was faster.
  if (reason === 'error-changed') return problem('SIGNATURES_CHANGED', 'another generation became the live one meanwhile; look at it first')
  const server = serverOf(state)
  if (!server.generations.some((kept) => kept.generation === generation))
    return problem('GENERATION_NOT_FOUND', `the generation ${generation} is not kept any more`)
  server.rollOut = null
  makeLive(state, generation)
  return status(state)
}

function makeLive(state: SignatureState, generation: string): void {
  const server = serverOf(state)
  server.activeGeneration = generation
  server.headGeneration = generation
  for (const kept of server.generations) kept.isActive = kept.generation === generation
}

function putCustom({ body, session }: MockCall, state: SignatureState): Response {
  const wanted = ReplaceCustomSignatures.parse(body)
  // Marked input: this reason meets a change of somebody else, once.
  if (state.custom.revision === wanted.revision && JSON.stringify(wanted).includes('error-conflict')) bumpRevision(state)
  if (wanted.revision !== state.custom.revision)
    return problem('SIGNATURES_CHANGED', `the custom signatures have revision ${state.custom.revision}; load them again and repeat it`)
  const importId = startMockImport(state, {
    files: [],
    source: 'change',
    importedBy: session?.email ?? '',
    refusal: rulesRefusal(wanted),
    onPublished: () => {
      state.custom = stamped(wanted, session?.email ?? '')
      bumpRevision(state)
    },
  })
  return answer(ImportStarted, { importId })
}

function bumpRevision(state: SignatureState): void {
  state.custom = { ...state.custom, revision: state.custom.revision + 1 }
  serverOf(state).customRevision = state.custom.revision
}

/** New entries say who added them when. */
function stamped(custom: CustomSignatures, addedBy: string): CustomSignatures {
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
  if (unknown !== undefined) return problem('BODY_INVALID', `"${unknown}" was not brought in, so it cannot be taken out`)
  const uploads = uploadIds.map((uploadId) => state.uploads.get(uploadId))
  const missing = uploads.findIndex((upload) => upload === undefined || upload.offset < upload.sizeBytes)
  if (missing >= 0) return problem('UPLOAD_NOT_FOUND', `the upload ${uploadIds[missing]} is not there or not finished`)
  const files = uploads.flatMap((upload) => upload?.name ?? [])
  for (const uploadId of uploadIds) state.uploads.delete(uploadId)
  const importId = startMockImport(state, {
    files,
    removed: remove,
    source: files.length > 0 ? 'upload' : 'change',
    importedBy: session?.email ?? '',
    refusal: refusalOf(files),
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
