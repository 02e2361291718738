import type { ApiKeyView } from '@guardimesh/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { apiKeysKey, revokeApiKey } from '../../api/queries/api-keys.js'
import { ConfirmDialog } from '../../forms/ConfirmDialog.js'
import { Callout } from '../../ui/Callout.js'

interface RevokeKeyDialogProps {
  /** null: closed. */
  apiKey: ApiKeyView | null
  isLastIngestionKey: boolean
  onClose: () => void
  onRevoked: (label: string) => void
}

/** Asks before a key stops working for good, and warns when no scanner could report afterwards. */
export function RevokeKeyDialog({ apiKey, ...rest }: RevokeKeyDialogProps) {
  return apiKey === null ? null : <Dialog apiKey={apiKey} {...rest} />
}

function Dialog({ apiKey, isLastIngestionKey, onClose, onRevoked }: RevokeKeyDialogProps & { apiKey: ApiKeyView }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: revokeApiKey,
    onSuccess: async () => {
      onRevoked(apiKey.label)
      onClose()
      await client.invalidateQueries({ queryKey: apiKeysKey })
    },
  })
  return (
    <ConfirmDialog
      title={t('apiKeys.revoke.title', { label: apiKey.label })}
      confirm={t('apiKeys.revoke.confirm')}
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
