import { Agent, type IncomingMessage, request } from 'node:http'
import { SESSION_COOKIE } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'

/** A keep-alive HTTP client of the console API, with a session. */
export class ApiClient {
  readonly #url: string
  readonly #cookie: string
  readonly #agent = new Agent({ keepAlive: true })

  private constructor(url: string, cookie: string) {
    this.#url = url
    this.#cookie = cookie
  }

  /** @throws GuardError BACKEND_REFUSED when the login is not taken. */
  static async login(url: string, email: string, password: string): Promise<ApiClient> {
    const response = await fetch(`${url}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ email, password }),
    })
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith(`${SESSION_COOKIE}=`))
    if (!response.ok || !cookie)
      throw new GuardError('BACKEND_REFUSED', `login failed with status ${response.status}: ${await response.text()}`)
    return new ApiClient(url, cookie.split(';', 1)[0] as string)
  }

  /** @returns the parsed JSON. @throws GuardError BACKEND_REFUSED for any status but 2xx. */
  async get(path: string): Promise<unknown> {
    return this.#send('GET', path)
  }

  async put(path: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<unknown> {
    return this.#send('PUT', path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body))
  }

  #send(method: string, path: string, more: Readonly<Record<string, string>> = {}, body?: string): Promise<unknown> {
    const headers = { cookie: this.#cookie, origin: this.#url, ...more }
    return new Promise((resolve, reject) => {
      const sent = request(`${this.#url}${path}`, { method, headers, agent: this.#agent }, (response) =>
        readJson(response, resolve, reject),
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }
}

function readJson(response: IncomingMessage, resolve: (json: unknown) => void, reject: (error: Error) => void): void {
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(chunk))
  response.on('end', () => {
    const text = Buffer.concat(chunks).toString('utf8')
    const status = response.statusCode ?? 0
    if (status >= 200 && status < 300) resolve(text === '' ? undefined : JSON.parse(text))
    else reject(new GuardError('BACKEND_REFUSED', `the API answered ${status}: ${text}`))
  })
}
