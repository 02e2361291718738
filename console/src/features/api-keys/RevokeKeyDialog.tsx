import type { ApiKeyView } from '@guardimesh/contracts'
import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { apiKeysKey, revokeApiKey } from '../../api/queries/api-keys.js'
import { FormProblem } from '../../forms/FormProblem.js'
import classes from '../../forms/forms.module.css'
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
    <Modal
      opened
      onClose={onClose}
      title={t('apiKeys.revoke.title', { label: apiKey.label })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={classes.form}>
        <FormProblem error={revoke.error} />
        <p>{t('apiKeys.revoke.text')}</p>
        {isLastIngestionKey ? (
          <Callout role="alert" tone="bad" title={t('apiKeys.revoke.lastTitle')}>
            {t('apiKeys.revoke.last')}
          </Callout>
        ) : null}
        <div className={classes.buttons}>
          <Button color="red.9" loading={revoke.isPending} onClick={() => revoke.mutate(apiKey.apiKeyId)}>
            {t('apiKeys.revoke.confirm')}
          </Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('action.cancel')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
