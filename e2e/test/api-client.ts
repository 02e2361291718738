import { SESSION_COOKIE } from '@guardimesh/contracts'

/** Who asks: a person with a session, or a program with a key. */
type Credentials = { readonly cookie: string } | { readonly authorization: string }

/** Asks the console's API as a browser or a program would. */
export class ApiClient {
  readonly #url: string
  readonly #credentials: Credentials

  private constructor(url: string, credentials: Credentials) {
    this.#url = url
    this.#credentials = credentials
  }

  static async login(url: string, email: string, password: string): Promise<ApiClient> {
    const response = await fetch(`${url}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ email, password }),
    })
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith(`${SESSION_COOKIE}=`))
    if (!response.ok || !cookie) throw new Error(`login answered ${response.status}: ${await response.text()}`)
    return new ApiClient(url, { cookie: cookie.slice(0, cookie.indexOf(';')) })
  }

  static withKey(url: string, key: string): ApiClient {
    return new ApiClient(url, { authorization: `Bearer ${key}` })
  }

  /** Sends a request. `body` goes as JSON, bytes go as they are. */
  send(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const isBytes = body instanceof Uint8Array
    const type = body === undefined || isBytes ? {} : { 'content-type': 'application/json' }
    return fetch(`${this.#url}${path}`, {
      method,
      headers: { origin: this.#url, ...this.#credentials, ...type, ...headers },
      ...(body === undefined ? {} : { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
    })
  }

  /** Reads JSON and checks it with a schema of the contracts. @throws Error for any status but 2xx. */
  async get<Value>(path: string, schema: { parse(raw: unknown): Value }): Promise<Value> {
    const response = await this.send('GET', path)
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`)
    return schema.parse(await response.json())
  }
}
