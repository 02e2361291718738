import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'node:https'
import { messageOf } from '../errors/guard-error.js'
import { readCaFile } from '../tls/ca-file.js'

export interface GetOptions {
  /** Authorities that the server's certificate may be of, read for every request; undefined: those of Node. */
  readonly caFile: string | undefined
  /** A request that takes longer, its answer's body included, is given up. */
  readonly timeoutMs: number
  /** An answer with a larger body is given up. */
  readonly maxBytes: number
  readonly headers?: Readonly<Record<string, string>>
  /** GET when left out. */
  readonly method?: string
  readonly body?: string
}

export interface HttpsAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/**
 * Asks an HTTPS server of ours once and reads the whole answer, whatever its status; redirects are not followed.
 *
 * @throws Error whose message says why there is no answer.
 */
export async function getHttps(url: string, options: GetOptions): Promise<HttpsAnswer> {
  const { caFile, timeoutMs, headers, method } = options
  const deadline = AbortSignal.timeout(timeoutMs)
  try {
    return await new Promise((resolve, reject) => {
      const settings = { method, headers, signal: deadline, agent: false, minVersion: 'TLSv1.2' } as const
      request(url, { ...settings, ...(caFile === undefined ? {} : { ca: readCaFile(caFile) }) }, (answer) => {
        readAll(answer, options.maxBytes)
          .then((body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
          .catch(reject)
      })
        .once('error', reject)
        .end(options.body)
    })
  } catch (error) {
    const why = deadline.aborted ? `no answer in ${timeoutMs} ms` : messageOf(error)
    throw new Error(`${url} cannot be reached: ${why}`, { cause: error })
  }
}

async function readAll(answer: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of answer) {
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) throw new Error(`the answer is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
