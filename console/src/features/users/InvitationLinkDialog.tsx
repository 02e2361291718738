import type { Invitation } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { ShownOnceDialog } from '../../forms/ShownOnceDialog.js'
import { paths } from '../../path-builder.js'
import { formatLocal } from '../../ui/format-time.js'

/** Shows the link of an invitation once; the administrator passes it on. */
export function InvitationLinkDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { t } = useTranslation()
  const { account, token, expiresAt } = invitation
  return (
    <ShownOnceDialog
      title={t('users.link.title', { name: account.displayName })}
      warning={t('users.link.once')}
      text={`${window.location.origin}${paths.invitation(token)}`}
      copyLabel={t('users.link.copy')}
      confirmLabel={t('users.link.confirm')}
      lockedReason={t('users.link.notStored')}
      onClose={onClose}
    >
      {t('users.link.text', { expires: formatLocal(expiresAt) })}
    </ShownOnceDialog>
  )
}
