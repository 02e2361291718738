import { AccountView, ChangePassword, DAY_MS, LoginRequest, SESSION_COOKIE, SessionView } from '@guardimesh/contracts'
import { MOCK_ACCOUNTS, MOCK_PASSWORD, type MockSession } from '../accounts.js'
import { answer, noContent, problem } from '../answer.js'
import type { MockRoute } from './mock-route.js'

const behaviours = new Map(Object.entries(MOCK_ACCOUNTS))

const toAccount = ({ email, behaviour }: MockSession) => ({
  accountId: `account-${behaviour}`,
  email,
  displayName: email.split('@')[0] ?? email,
  role: behaviour === 'viewer' ? ('viewer' as const) : ('administrator' as const),
})

export const sessionRoutes: readonly MockRoute[] = [
  [
    'POST',
    /^\/login$/,
    ({ body, db }) => {
      const { email, password } = LoginRequest.parse(body)
      if (email.startsWith('throttled@')) return problem('LOGIN_THROTTLED', 'Too many attempts. Try again in 60 seconds.')
      const behaviour = behaviours.get(email)
      if (behaviour === undefined || password !== MOCK_PASSWORD) return problem('LOGIN_FAILED', 'Incorrect email or password.')
      const token = crypto.randomUUID()
      const session = { email, behaviour }
      db.sessions.set(token, session)
      return answer(AccountView, toAccount(session), { 'set-cookie': `${SESSION_COOKIE}=${token}; HttpOnly; SameSite=Strict; Path=/` })
    },
  ],
  [
    'POST',
    /^\/logout$/,
    ({ db, session }) => {
      for (const [token, known] of db.sessions) if (known === session) db.sessions.delete(token)
      return noContent({ 'set-cookie': `${SESSION_COOKIE}=; Max-Age=0; Path=/` })
    },
  ],
  [
    'GET',
    /^\/api\/session$/,
    ({ session }) =>
      session
        ? answer(SessionView, { account: toAccount(session), expiresAt: new Date(Date.now() + 7 * DAY_MS).toISOString() })
        : problem('UNAUTHENTICATED', 'Log in first.'),
  ],
  [
    'POST',
    /^\/api\/account\/password$/,
    ({ body }) => {
      const { currentPassword } = ChangePassword.parse(body)
      return currentPassword === MOCK_PASSWORD ? noContent() : problem('LOGIN_FAILED', 'The current password is incorrect.')
    },
  ],
]
