import {
  AcceptInvitation,
  AccountDetails,
  AccountList,
  ChangeAccount,
  ConfirmPassword,
  DAY_MS,
  Invitation,
  InvitationView,
  InviteAccount,
  ReadInvitation,
  RecoveryCodes,
  SessionList,
  TotpSecret,
  TwoFactorView,
  VerifyTotp,
} from '@guardimesh/contracts'
import { MOCK_PASSWORD } from '../accounts.js'
import { answer, noContent, problem } from '../answer.js'
import type { MockCall, MockHandler, MockRoute } from './mock-route.js'

/** Code of the mock's second factor. */
const MOCK_CODE = '123456'
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
/** The only valid token; others are expired. */
const TOKEN = 'an-invitation'

const notFound = () => problem('ACCOUNT_NOT_FOUND', 'user not found')
const adminOnly =
  (handler: MockHandler): MockHandler =>
  (call) =>
    call.session?.behaviour === 'viewer' ? problem('ROLE_MISSING', 'this requires the role administrator') : handler(call)
const find = ({ db, parts }: MockCall) => db.accounts.find(({ accountId }) => accountId === parts[0])

function invitationOf(account: AccountDetails): Response {
  const expiresAt = new Date(Date.now() + 7 * DAY_MS).toISOString()
  account.invitationExpiresAt = expiresAt
  return answer(Invitation, { account, token: TOKEN, expiresAt })
}

function invite({ body, db }: MockCall): Response {
  const { email, displayName, role } = InviteAccount.parse(body)
  if (db.accounts.some((account) => account.email === email))
    return problem('ACCOUNT_EXISTS', `a user with the email address ${email} exists`)
  const accountId = crypto.randomUUID()
  const account = {
    accountId,
    email,
    displayName,
    role,
    state: 'invited' as const,
    hasTwoFactor: false,
    createdAt: new Date().toISOString(),
  }
  db.accounts.push({ ...account, lastLogInAt: null, invitationExpiresAt: null })
  return invitationOf(db.accounts.at(-1) as AccountDetails)
}

function change(call: MockCall): Response {
  const account = find(call)
  if (!account) return notFound()
  const { isActive, displayName = account.displayName, role = account.role } = ChangeAccount.parse(call.body)
  if (account.accountId === 'account-admin' && (role !== 'administrator' || isActive === false))
    return problem('LAST_ADMINISTRATOR', `${account.email} is the only active administrator; make another user administrator first`)
  Object.assign(account, { displayName, role, ...(isActive === undefined ? {} : { state: isActive ? 'active' : 'deactivated' }) })
  return answer(AccountDetails, account)
}

function remove(call: MockCall): Response {
  const account = find(call)
  if (!account) return notFound()
  call.db.accounts.splice(call.db.accounts.indexOf(account), 1)
  return noContent()
}

function endSessions({ db, parts }: MockCall): Response {
  const sessionId = parts.at(-1)
  db.accountSessions = db.accountSessions.filter((session) => session.isCurrent || (sessionId !== '' && session.sessionId !== sessionId))
  return noContent()
}

export const accountRoutes: readonly MockRoute[] = [
  ['GET', /^\/api\/account\/two-factor$/, ({ db }) => answer(TwoFactorView, db.twoFactor)],
  [
    'POST',
    /^\/api\/account\/two-factor$/,
    ({ body }) =>
      ConfirmPassword.parse(body).currentPassword === MOCK_PASSWORD
        ? answer(TotpSecret, { secret: SECRET, uri: `otpauth://totp/Guardimesh:admin?secret=${SECRET}&issuer=Guardimesh` })
        : problem('LOGIN_FAILED', 'the current password is wrong'),
  ],
  [
    'POST',
    /^\/api\/account\/two-factor\/confirm$/,
    ({ body, db }) => {
      if (VerifyTotp.parse(body).code !== MOCK_CODE) return problem('LOGIN_FAILED', 'the code is wrong or was used before')
      db.twoFactor = { isEnabled: true, recoveryCodesLeft: 10 }
      return answer(RecoveryCodes, { recoveryCodes: Array.from({ length: 10 }, (_, at) => `abcd-efgh-jkmn-pqr${at}`) })
    },
  ],
  [
    'POST',
    /^\/api\/account\/two-factor\/disable$/,
    ({ db }) => {
      db.twoFactor = { isEnabled: false, recoveryCodesLeft: 0 }
      return noContent()
    },
  ],
  ['GET', /^\/api\/accounts$/, adminOnly(({ db }) => answer(AccountList, { items: db.accounts }))],
  ['POST', /^\/api\/accounts$/, adminOnly(invite)],
  [
    'POST',
    /^\/api\/accounts\/([^/]+)\/invitation$/,
    adminOnly((call) => {
      const account = find(call)
      return account ? invitationOf(account) : notFound()
    }),
  ],
  ['PATCH', /^\/api\/accounts\/([^/]+)$/, adminOnly(change)],
  ['DELETE', /^\/api\/accounts\/([^/]+)$/, adminOnly(remove)],
  ['GET', /^\/api\/(?:account|accounts\/[^/]+)\/sessions$/, ({ db }) => answer(SessionList, { items: db.accountSessions })],
  ['DELETE', /^\/api\/(?:account|accounts\/[^/]+)\/sessions\/?([^/]*)$/, endSessions],
  [
    'POST',
    /^\/api\/invitations\/read$/,
    ({ body }) =>
      ReadInvitation.parse(body).token === TOKEN
        ? answer(InvitationView, {
            email: 'new@guardimesh.local',
            displayName: 'New Analyst',
            expiresAt: new Date(Date.now() + DAY_MS).toISOString(),
          })
        : problem('INVITATION_INVALID', 'the invitation is invalid'),
  ],
  [
    'POST',
    /^\/api\/invitations\/accept$/,
    ({ body }) => (AcceptInvitation.parse(body).token === TOKEN ? noContent() : problem('INVITATION_INVALID', 'the invitation is invalid')),
  ],
]
