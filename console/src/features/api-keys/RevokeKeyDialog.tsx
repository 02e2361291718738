import type { ApiKeyView } from '@guardimesh/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { apiKeysKey, revokeApiKey } from '../../api/queries/api-keys.js'
import { ConfirmDialog } from '../../forms/ConfirmDialog.js'
import { Callout } from '../../ui/Callout.js'

interface RevokeKeyDialogProps {
  apiKey: ApiKeyView
  /** True if no scanner can report after the key is revoked. */
  isLastIngestionKey: boolean
  onClose: () => void
  onRevoked: (label: string) => void
}

export function RevokeKeyDialog({ apiKey, isLastIngestionKey, onClose, onRevoked }: RevokeKeyDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: revokeApiKey,
    onSuccess: async () => {
      onRevoked(apiKey.label)
      // The row's button is gone once the list is read again: the dialog must not return the focus to it before.
      await client.invalidateQueries({ queryKey: apiKeysKey })
      onClose()
    },
  })
  return (
    <ConfirmDialog
      title={t('apiKeys.revoke.title', { label: apiKey.label })}
      confirmLabel={t('apiKeys.revoke.confirm')}
      color="red.9"
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate(apiKey.apiKeyId)}
      onClose={onClose}
    >
      <p>{t('apiKeys.revoke.text')}</p>
      {isLastIngestionKey ? (
        <Callout role="alert" tone="bad" title={t('apiKeys.revoke.lastTitle')}>
          {t('apiKeys.revoke.last')}
        </Callout>
      ) : null}
    </ConfirmDialog>
  )
}
