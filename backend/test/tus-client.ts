import { createHash } from 'node:crypto'
import type { TestApi } from './harness.js'

const TUS = { 'tus-resumable': '1.0.0' }
const encode = (text: string) => Buffer.from(text).toString('base64')

/** Client of the tus protocol. @param headers credentials. */
export class TusClient {
  constructor(
    private readonly api: Pick<TestApi, 'url'>,
    private readonly headers: Record<string, string>,
  ) {}

  /** Creates an upload. */
  create(filename: string, content: Buffer, headers: Record<string, string> = {}): Promise<Response> {
    const sha256 = createHash('sha256').update(content).digest('hex')
    const metadata = Object.entries({ filename, kind: 'clamav', sha256 }).map(([name, value]) => `${name} ${encode(value)}`)
    return this.send('POST', '/api/signatures/uploads', {
      'upload-length': String(content.length),
      'upload-metadata': metadata.join(','),
      ...headers,
    })
  }

  /** Appends a chunk. */
  append(location: string, offset: number, content: Buffer): Promise<Response> {
    return this.send('PATCH', location, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, content)
  }

  /** Returns the offset of an upload; NaN if it does not exist. */
  async offsetOf(location: string): Promise<number> {
    const { headers } = await this.send('HEAD', location)
    return Number(headers.get('upload-offset') ?? Number.NaN)
  }

  /** Uploads a whole file. @returns its id. */
  async upload(filename: string, content: Buffer): Promise<string> {
    const location = (await this.create(filename, content)).headers.get('location') ?? ''
    const { status } = await this.append(location, 0, content)
    if (status !== 204) throw new Error(`the upload of ${filename} was answered with ${status}`)
    return location.split('/').at(-1) ?? ''
  }

  send(method: string, path: string, headers: Record<string, string> = {}, body?: Buffer): Promise<Response> {
    const all = { ...this.headers, ...TUS, ...headers }
    return fetch(`${this.api.url}${path}`, { method, headers: all, ...(body ? { body: new Uint8Array(body) } : {}) })
  }
}
