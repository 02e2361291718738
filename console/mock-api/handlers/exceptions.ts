import {
  ChangeException,
  CreateException,
  DAY_MS,
  ExceptionPage,
  ExceptionPreview,
  ExceptionQuery,
  ExceptionView,
  isBroadException,
  PreviewException,
} from '@guardimesh/contracts'
import { answer, problem } from '../answer.js'
import { anException } from '../fixtures/exceptions.js'
import { pageOfList } from '../paging.js'
import type { MockCall, MockRoute } from './mock-route.js'

/** Samples of a preview in the mock. */
const SAMPLES_MAX = 10

function withException({ db, parts }: MockCall, use: (exception: ExceptionView) => Response): Response {
  const exception = db.exceptions.find(({ exceptionId }) => String(exceptionId) === parts[0])
  return exception ? use(exception) : problem('EXCEPTION_NOT_FOUND', 'Exception not found. Reload the list of exceptions.')
}

const expiryOf = (days: number | 'never') => (days === 'never' ? null : new Date(Date.now() + days * DAY_MS).toISOString())

export const exceptionRoutes: readonly MockRoute[] = [
  [
    'GET',
    /^\/api\/exceptions$/,
    ({ db, query }) => {
      const { state, unused } = ExceptionQuery.parse(Object.fromEntries(query))
      const found = db.exceptions.filter(
        (one) => (state?.includes(one.state) ?? true) && (unused === undefined || String(one.isUnused) === unused),
      )
      return answer(
        ExceptionPage,
        pageOfList(found, ({ exceptionId }) => String(exceptionId), query),
      )
    },
  ],
  [
    'POST',
    /^\/api\/exceptions\/preview$/,
    ({ body, db }) => {
      const { criteria } = PreviewException.parse(body)
      const { sha256, signature, namespace, cluster } = criteria
      const found = db.findings.filter(
        (finding) =>
          finding.exceptionId === null &&
          (sha256 ?? finding.sha256) === finding.sha256 &&
          (signature ?? finding.signatureName) === finding.signatureName &&
          (namespace ?? finding.namespace) === finding.namespace &&
          (cluster ?? finding.clusterId) === finding.clusterId,
      )
      const incidents = Math.min(found.length, 2)
      return answer(ExceptionPreview, {
        ...{ isBroad: isBroadException(criteria), findings: found.length, isMinimum: false, incidents, hiddenIncidents: incidents },
        samples: found.slice(0, SAMPLES_MAX),
      })
    },
  ],
  ['GET', /^\/api\/exceptions\/([^/]+)$/, (call) => withException(call, (exception) => answer(ExceptionView, exception))],
  [
    'POST',
    /^\/api\/exceptions$/,
    ({ body, db, session }) => {
      const { criteria, reason, expiresInDays, confirmBroad } = CreateException.parse(body)
      const isBroad = isBroadException(criteria)
      if (isBroad && !confirmBroad) return problem('EXCEPTION_TOO_BROAD', 'The criteria match more than one content or file.')
      const by = session?.email ?? ''
      const at = new Date().toISOString()
      const exceptionId = Math.max(0, ...db.exceptions.map((one) => one.exceptionId)) + 1
      const facts = { exceptionId, criteria, reason, isBroad, expiresAt: expiryOf(expiresInDays) }
      const created = anException({ ...facts, createdAt: at, updatedAt: at, createdBy: by, updatedBy: by })
      db.exceptions.unshift(created)
      return answer(ExceptionView, created)
    },
  ],
  [
    'PATCH',
    /^\/api\/exceptions\/([^/]+)$/,
    (call) =>
      withException(call, (exception) => {
        const { reason, expiresInDays } = ChangeException.parse(call.body)
        if (reason !== undefined) exception.reason = reason
        if (expiresInDays !== undefined) Object.assign(exception, { expiresAt: expiryOf(expiresInDays), state: 'active' })
        return answer(ExceptionView, exception)
      }),
  ],
  [
    'POST',
    /^\/api\/exceptions\/([^/]+)\/revoke$/,
    (call) =>
      withException(call, (exception) => {
        const revoked = { state: 'revoked', revokedAt: new Date().toISOString(), revokedBy: call.session?.email ?? '', isUnused: false }
        Object.assign(exception, revoked)
        return answer(ExceptionView, exception)
      }),
  ],
]
