import { SECOND_MS, Sha256Hex } from '@guardimesh/contracts'
import { noContent, problem } from '../answer.js'
import type { SignatureState } from '../signature-state.js'
import type { MockCall, MockHandler, MockRoute } from './mock-route.js'

const TUS = { 'tus-resumable': '1.0.0' }
/** Delay per chunk of a file with a marked name, so that its progress is visible. */
const SLOW_MS = SECOND_MS

type UploadHandler = (call: MockCall, state: SignatureState) => Response | Promise<Response>

/** The tus 1.0 protocol like the signature server: creation, resumption, termination. Bytes are counted, not stored. */
export function uploadRoutes(guarded: (handler: UploadHandler) => MockHandler): readonly MockRoute[] {
  const one = /^\/api\/signatures\/uploads\/([^/]+)$/
  return [
    ['POST', /^\/api\/signatures\/uploads$/, guarded(create)],
    ['HEAD', one, guarded(readOffset)],
    ['PATCH', one, guarded(append)],
    ['DELETE', one, guarded(terminate)],
  ]
}

function create({ request }: MockCall, state: SignatureState): Response {
  const metadata = new Map((request.headers.get('upload-metadata') ?? '').split(',').map((pair) => pair.split(' ') as [string, string]))
  const read = (key: string) => Buffer.from(metadata.get(key) ?? '', 'base64').toString()
  const name = read('filename')
  if (!Sha256Hex.safeParse(read('sha256')).success) return problem('BODY_INVALID', 'the metadata must have filename, kind and sha256')
  // Marked input: the volume is full.
  if (name.startsWith('full-disk')) return problem('BODY_TOO_LARGE', `not enough space for ${name} on the volume of the signature server`)
  const uploadId = crypto.randomUUID()
  state.uploads.set(uploadId, { name, sizeBytes: Number(request.headers.get('upload-length')), offset: 0 })
  return new Response(null, { status: 201, headers: { ...TUS, location: `/api/signatures/uploads/${uploadId}` } })
}

function readOffset({ parts }: MockCall, state: SignatureState): Response {
  const upload = state.uploads.get(parts[0] ?? '')
  if (!upload) return problem('UPLOAD_NOT_FOUND', 'upload not found')
  const headers = { ...TUS, 'upload-offset': String(upload.offset), 'upload-length': String(upload.sizeBytes), 'cache-control': 'no-store' }
  return new Response(null, { headers })
}

async function append({ request, parts }: MockCall, state: SignatureState): Promise<Response> {
  const upload = state.uploads.get(parts[0] ?? '')
  if (!upload) return problem('UPLOAD_NOT_FOUND', 'upload not found')
  const bytes = await request.arrayBuffer()
  if (upload.name.startsWith('slow')) await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
  // Checked after the delay: a chunk sent before a reload can be complete only now.
  if (Number(request.headers.get('upload-offset')) !== upload.offset) return new Response(null, { status: 409, headers: TUS })
  upload.offset += bytes.byteLength
  return noContent({ ...TUS, 'upload-offset': String(upload.offset) })
}

function terminate({ parts }: MockCall, state: SignatureState): Response {
  return state.uploads.delete(parts[0] ?? '') ? noContent(TUS) : problem('UPLOAD_NOT_FOUND', 'upload not found')
}
