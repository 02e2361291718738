// Adds `cookies` to requests and `setCookie` to replies, including their types.
import '@fastify/cookie'
import {
  AccountView,
  DAY_MS,
  LOGIN_COOKIE,
  LoginRequest,
  LoginResult,
  SECOND_MS,
  SESSION_COOKIE,
  SessionView,
  VerifyTotp,
} from '@guardimesh/contracts'
import { Body, Controller, Get, HttpCode, Post, Req, Res, SerializeOptions } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CurrentOrigin, originOf, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { type AccountActor, CurrentAccount } from '../../platform/auth/actor.js'
import { ConsoleAddress } from '../../platform/auth/console-address.js'
import { sessionTokenOf } from '../../platform/auth/credentials.js'
import { Public, RequireSession } from '../../platform/auth/require-scope.js'
import { SessionSettings } from '../../platform/auth/session-settings.js'
import { Operation } from '../../platform/http/operation.js'
import { CHALLENGE_SECONDS } from './challenge.repository.js'
import { type Browser, type NewSession, SessionsService } from './sessions.service.js'

/** Identifies the browser to the throttle of logins; grants nothing. */
const DEVICE_COOKIE = 'guardimesh_device'
const DEVICE_COOKIE_SECONDS = (90 * DAY_MS) / SECOND_MS

@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly consoleAddress: ConsoleAddress,
    private readonly settings: SessionSettings,
  ) {}

  @Operation({
    summary: 'Log in',
    description:
      'Starts a session and sets the session cookie. With two-factor authentication the response is `{"totp_required": true}`, and `POST /login/verify-totp` starts the session. After five wrong passwords for an account, further attempts from the same device or address are delayed by up to a minute.',
    errors: ['LOGIN_FAILED', 'LOGIN_THROTTLED', 'PASSWORD_UNACCEPTABLE', 'DATABASE_UNAVAILABLE'],
  })
  @Post('login')
  @Public()
  @HttpCode(200)
  @SerializeOptions({ schema: LoginResult })
  async logIn(
    @Body({ schema: LoginRequest }) body: LoginRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginResult> {
    const result = await this.sessions.logIn(body, this.#browserOf(request))
    if (result.kind === 'session') return this.#setSession(reply, result)
    void reply.setCookie(this.#nameOf(LOGIN_COOKIE), result.token, { ...this.#cookieFlags(), maxAge: CHALLENGE_SECONDS })
    return { totp_required: true }
  }

  @Operation({
    summary: 'Log in with a code',
    description: 'Completes a login with the code of the authenticator app or a recovery code, within five minutes after the password.',
    errors: ['UNAUTHENTICATED', 'LOGIN_FAILED', 'LOGIN_THROTTLED', 'DATABASE_UNAVAILABLE'],
  })
  @Post('login/verify-totp')
  @Public()
  @HttpCode(200)
  @SerializeOptions({ schema: AccountView })
  async verifyTotp(
    @Body({ schema: VerifyTotp }) { code }: VerifyTotp,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    const name = this.#nameOf(LOGIN_COOKIE)
    const session = await this.sessions.verifyCode(request.cookies[name] ?? '', code, this.#browserOf(request))
    void reply.clearCookie(name, this.#cookieFlags())
    return this.#setSession(reply, session)
  }

  @Operation({
    summary: 'Log out',
    description: 'Ends the session of the cookie and clears the cookie. Succeeds without a session as well.',
    errors: ['DATABASE_UNAVAILABLE'],
  })
  @Post('logout')
  @Public()
  @HttpCode(204)
  async logOut(
    @Req() request: FastifyRequest,
    @CurrentOrigin() origin: RequestOrigin,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = sessionTokenOf(request)
    if (token) await this.sessions.logOut(token, origin)
    void reply.clearCookie(this.#nameOf(SESSION_COOKIE), this.#cookieFlags())
    // A session of an earlier version.
    if (this.#nameOf(SESSION_COOKIE) !== SESSION_COOKIE && request.cookies[SESSION_COOKIE])
      void reply.clearCookie(SESSION_COOKIE, this.#cookieFlags())
  }

  @Operation({ summary: 'Get the current session', description: 'Returns the account and the expiry time of the session.' })
  @Get('api/session')
  @RequireSession()
  @SerializeOptions({ schema: SessionView })
  read(@CurrentAccount() { account, expiresAt }: AccountActor): SessionView {
    return { account, expiresAt: expiresAt.toISOString() }
  }

  #browserOf(request: FastifyRequest): Browser {
    const userAgent = request.headers['user-agent'] ?? ''
    return { userAgent, deviceToken: request.cookies[this.#nameOf(DEVICE_COOKIE)], origin: originOf(request) }
  }

  #setSession(reply: FastifyReply, { account, token, deviceToken }: NewSession): AccountView {
    void reply.setCookie(this.#nameOf(SESSION_COOKIE), token, { ...this.#cookieFlags(), maxAge: this.settings.lifetimeMs / SECOND_MS })
    void reply.setCookie(this.#nameOf(DEVICE_COOKIE), deviceToken, { ...this.#cookieFlags(), maxAge: DEVICE_COOKIE_SECONDS })
    return account
  }

  /** With HTTPS, browsers accept the prefix only from this host. */
  #nameOf(cookie: string): string {
    return this.consoleAddress.isSecure ? `__Host-${cookie}` : cookie
  }

  /** Links from emails work despite SameSite=Strict: the page itself is public, and its requests are same-site. */
  #cookieFlags() {
    return { path: '/', httpOnly: true, sameSite: 'strict', secure: this.consoleAddress.isSecure } as const
  }
}
