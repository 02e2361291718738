import { SESSION_COOKIE } from '@guardimesh/contracts'

/** Credentials of a user with a session, or of a program with an API key. */
type Credentials = { readonly cookie: string } | { readonly authorization: string }

/** Client of the console API, with a session like a browser, or with an API key. */
export class ApiClient {
  readonly #url: string
  /** Headers with the credentials. */
  readonly credentials: Credentials

  private constructor(url: string, credentials: Credentials) {
    this.#url = url
    this.credentials = credentials
  }

  /** @throws Error when the login fails. */
  static async login(url: string, email: string, password: string): Promise<ApiClient> {
    const response = await fetch(`${url}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ email, password }),
    })
    const cookie = response.headers.getSetCookie().find((line) => line.includes(`${SESSION_COOKIE}=`))
    if (!response.ok || !cookie) throw new Error(`login failed with status ${response.status}: ${await response.text()}`)
    return new ApiClient(url, { cookie: cookie.slice(0, cookie.indexOf(';')) })
  }

  static withKey(url: string, key: string): ApiClient {
    return new ApiClient(url, { authorization: `Bearer ${key}` })
  }

  /** Sends a request with a body of bytes or of a value as JSON. */
  send(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const isBytes = body instanceof Uint8Array
    const type = body === undefined || isBytes ? {} : { 'content-type': 'application/json' }
    return fetch(`${this.#url}${path}`, {
      method,
      headers: { origin: this.#url, ...this.credentials, ...type, ...headers },
      ...(body === undefined ? {} : { body: isBytes ? Buffer.from(body) : JSON.stringify(body) }),
    })
  }

  /** Reads JSON and validates it with a schema of the contracts. @throws Error for any status but 2xx. */
  async get<Value>(path: string, schema: { parse(raw: unknown): Value }): Promise<Value> {
    return schema.parse(await (await this.#sendChecked('GET', path)).json())
  }

  /** Replaces a resource. @throws Error for any status but 2xx. */
  async put(path: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<void> {
    await (await this.#sendChecked('PUT', path, body, headers)).text()
  }

  async #sendChecked(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response> {
    const response = await this.send(method, path, body, headers)
    if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}: ${await response.text()}`)
    return response
  }
}
