// Adds `cookies` to requests and `setCookie` to replies, including their types.
import '@fastify/cookie'
import { AccountView, LoginRequest, SECOND_MS, SECURE_SESSION_COOKIE, SESSION_COOKIE, SessionView } from '@guardimesh/contracts'
import { Body, Controller, Get, HttpCode, Post, Req, Res, SerializeOptions } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { CurrentOrigin, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { type AccountActor, CurrentAccount } from '../../platform/auth/actor.js'
import { ConsoleAddress } from '../../platform/auth/console-address.js'
import { sessionTokenOf } from '../../platform/auth/credentials.js'
import { Public, RequireSession } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { SESSION_MS, SessionsService } from './sessions.service.js'

@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly consoleAddress: ConsoleAddress,
  ) {}

  @Operation({
    summary: 'Log in',
    description:
      'Starts a session and sets the session cookie. After five wrong passwords for an account, further attempts from the same address are delayed by up to a minute.',
    errors: ['LOGIN_FAILED', 'LOGIN_THROTTLED', 'PASSWORD_UNACCEPTABLE', 'DATABASE_UNAVAILABLE'],
  })
  @Post('login')
  @Public()
  @HttpCode(200)
  @SerializeOptions({ schema: AccountView })
  async logIn(
    @Body({ schema: LoginRequest }) body: LoginRequest,
    @CurrentOrigin() origin: RequestOrigin,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    const { account, token } = await this.sessions.logIn(body, origin)
    void reply.setCookie(this.#cookieName, token, { ...this.#cookieFlags(), maxAge: SESSION_MS / SECOND_MS })
    return account
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
    void reply.clearCookie(this.#cookieName, this.#cookieFlags())
    // A session of an earlier version.
    if (this.#cookieName !== SESSION_COOKIE && request.cookies[SESSION_COOKIE]) void reply.clearCookie(SESSION_COOKIE, this.#cookieFlags())
  }

  @Operation({ summary: 'Get the current session', description: 'Returns the account and the expiry time of the session.' })
  @Get('api/session')
  @RequireSession()
  @SerializeOptions({ schema: SessionView })
  read(@CurrentAccount() { account, expiresAt }: AccountActor): SessionView {
    return { account, expiresAt: expiresAt.toISOString() }
  }

  get #cookieName(): string {
    return this.consoleAddress.isSecure ? SECURE_SESSION_COOKIE : SESSION_COOKIE
  }

  /** Links from emails work despite SameSite=Strict: the page itself is public, and its requests are same-site. */
  #cookieFlags() {
    return { path: '/', httpOnly: true, sameSite: 'strict', secure: this.consoleAddress.isSecure } as const
  }
}
