import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isAllowed } from '../../api/permissions.js'
import { sessionQuery } from '../../api/queries/session.js'
import { signaturesQuery } from '../../api/queries/signatures.js'

/** Returns why the user can't change signatures, as a message; undefined if they can. */
export function useReadOnlyReason(): string | undefined {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionQuery)
  const { data: view } = useQuery(signaturesQuery)
  if (!session || !view) return t('state.loading')
  if (!isAllowed(session.account, 'signatures:change')) return t('signatures.readOnly.role')
  if (view.state !== 'reachable') return t('signatures.readOnly.unreachable')
  return view.canChange ? undefined : t('signatures.readOnly.noKey', { setting: 'SIGNATURE_SERVER_MANAGEMENT_KEY_FILE' })
}
