/** Limits of login sessions. */
export class SessionSettings {
  /** Time from the login to the end of a session. */
  readonly lifetimeMs: number
  /** A session that is not used for this time ends. */
  readonly idleMs: number

  constructor({ lifetimeMs, idleMs }: { readonly lifetimeMs: number; readonly idleMs: number }) {
    this.lifetimeMs = lifetimeMs
    this.idleMs = idleMs
  }
}
