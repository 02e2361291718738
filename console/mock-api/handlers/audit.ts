import { AuditPage, AuditVerification, EXPORT_PATHS } from '@guardimesh/contracts'
import { answer } from '../answer.js'
import { hasNames, holdsText, pageOfList } from '../paging.js'
import type { MockRoute } from './mock-route.js'

const FIELDS = { actor: 'actorName', action: 'action', target: 'target', result: 'result' }

/** The audit log, and exports without rows. */
export const auditRoutes: readonly MockRoute[] = [
  [
    'GET',
    /^\/api\/audit$/,
    ({ db, query }) => {
      const entries = db.audit.filter(
        (entry) => hasNames(entry, query, FIELDS) && holdsText([entry.actorName, entry.action, entry.target, entry.clientIp], query),
      )
      return answer(
        AuditPage,
        pageOfList(entries, ({ position }) => String(position), query),
      )
    },
  ],
  [
    'GET',
    /^\/api\/audit\/verify$/,
    ({ db }) => {
      const [last] = db.audit
      return answer(AuditVerification, {
        isIntact: true,
        entries: db.audit.length,
        firstPosition: last ? 1 : null,
        lastPosition: last?.position ?? null,
        lastHash: last?.hash ?? null,
        broken: null,
      })
    },
  ],
  [
    'GET',
    new RegExp(`^(?:${Object.values(EXPORT_PATHS).join('|')})$`),
    ({ query }) => {
      const format = query.get('format') ?? 'csv'
      return new Response('# complete: 0 rows\r\n', {
        headers: { 'content-type': 'text/csv', 'content-disposition': `attachment; filename="guardimesh-mock.${format}"` },
      })
    },
  ],
]
