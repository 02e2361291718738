import type { ApiKeyView } from '@guardimesh/contracts'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAllowed } from '../../api/permissions.js'
import { apiKeyList } from '../../api/queries/api-keys.js'
import { sessionQuery } from '../../api/queries/session.js'
import { FormSuccess } from '../../forms/FormSuccess.js'
import { DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { buildApiKeyColumns } from './api-key-columns.js'
import { CreateKeyDialog } from './CreateKeyDialog.js'
import { isLastIngestionKey } from './last-ingestion-key.js'
import { RevokeKeyDialog } from './RevokeKeyDialog.js'

export function ApiKeysPage() {
  const { t } = useTranslation()
  const keys = useQuery(apiKeyList)
  const { data: session } = useQuery(sessionQuery)
  const [isCreating, setCreating] = useState(false)
  const [toRevoke, setToRevoke] = useState<ApiKeyView | null>(null)
  const [revokedLabel, setRevokedLabel] = useState<string>()
  const canManage = isAllowed(session?.account, 'api-keys:change')
  const columns = useMemo(() => buildApiKeyColumns(canManage ? setToRevoke : undefined), [canManage])
  return (
    <PageFrame
      title={t('apiKeys.title')}
      lead={t(canManage ? 'apiKeys.lead' : 'apiKeys.leadViewer')}
      actions={
        <ActionButton
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabledReason={canManage ? undefined : t('apiKeys.readOnly')}
          onClick={() => setCreating(true)}
        >
          {t('apiKeys.create.open')}
        </ActionButton>
      }
    >
      <FormSuccess text={revokedLabel === undefined ? undefined : t('apiKeys.revoke.done', { label: revokedLabel })} />
      <QueryState query={keys}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <Notice role="status" icon={<IconKey size={28} aria-hidden />} title={t('apiKeys.empty.title')}>
                <p>{t('apiKeys.empty.text')}</p>
              </Notice>
            ) : (
              <DataTable
                label={t('apiKeys.title')}
                columns={columns}
                rows={items}
                rowKey={(key) => key.apiKeyId}
                isFaint={(key) => key.revokedAt !== null}
              />
            )}
            {toRevoke ? (
              <RevokeKeyDialog
                apiKey={toRevoke}
                isLastIngestionKey={isLastIngestionKey(toRevoke, items)}
                onClose={() => setToRevoke(null)}
                onRevoked={setRevokedLabel}
              />
            ) : null}
          </>
        )}
      </QueryState>
      {isCreating ? <CreateKeyDialog onClose={() => setCreating(false)} /> : null}
    </PageFrame>
  )
}
