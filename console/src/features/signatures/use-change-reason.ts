import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { can } from '../../api/permissions.js'
import { sessionQuery } from '../../api/queries/session.js'
import { signaturesQuery } from '../../api/queries/signatures.js'

/** Why this person cannot change signatures here, as a sentence; undefined when they can. */
export function useChangeReason(): string | undefined {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionQuery)
  const { data: view } = useQuery(signaturesQuery)
  if (!session || !view) return t('state.loading')
  if (!can.changeSignatures(session.account)) return t('signatures.mayNot.role')
  if (view.state !== 'reachable') return t('signatures.mayNot.unreachable')
  return view.canChange ? undefined : t('signatures.mayNot.noKey', { setting: 'SIGNATURE_SERVER_MANAGEMENT_KEY_FILE' })
}
