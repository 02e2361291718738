import type { ApiKeyView } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../table/DataTable.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { Second } from '../../ui/Second.js'
import { StateBadge } from '../../ui/StateBadge.js'

function LabelCell({ apiKey }: { apiKey: ApiKeyView }) {
  return (
    <>
      <b>{apiKey.label}</b>
      <Second>
        <Mono text={`${apiKey.prefix}…`} />
      </Second>
    </>
  )
}

function ScopesCell({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useTranslation()
  return apiKey.scopes.map((scope) => <div key={scope}>{t(`apiKeys.scope.${scope}.name`)}</div>)
}

function StateCell({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useTranslation()
  if (apiKey.revokedAt === null) return <StateBadge tone="good" text={t('apiKeys.state.active')} />
  return (
    <>
      <StateBadge tone="quiet" text={t('apiKeys.state.revoked')} />
      <Second>
        <RelativeTime at={apiKey.revokedAt} />
      </Second>
    </>
  )
}

function LastUsedCell({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useTranslation()
  return apiKey.lastUsedAt === null ? t('apiKeys.neverUsed') : <RelativeTime at={apiKey.lastUsedAt} />
}

function RevokeButton({ apiKey, onRevoke }: { apiKey: ApiKeyView; onRevoke: (apiKey: ApiKeyView) => void }) {
  const { t } = useTranslation()
  if (apiKey.revokedAt !== null) return null
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={t('apiKeys.revoke.openLabel', { label: apiKey.label })}
      onClick={() => onRevoke(apiKey)}
    >
      {t('apiKeys.revoke.open')}
    </Button>
  )
}

/** @param onRevoke undefined when this account may not revoke keys: then there is no such column. */
export function apiKeyColumns(onRevoke: ((apiKey: ApiKeyView) => void) | undefined): readonly Column<ApiKeyView>[] {
  const columns: Column<ApiKeyView>[] = [
    { header: 'label', width: '28%', cell: (apiKey) => <LabelCell apiKey={apiKey} /> },
    { header: 'scopes', cell: (apiKey) => <ScopesCell apiKey={apiKey} /> },
    { header: 'state', cell: (apiKey) => <StateCell apiKey={apiKey} /> },
    { header: 'lastUsed', cell: (apiKey) => <LastUsedCell apiKey={apiKey} /> },
    {
      header: 'created',
      cell: (apiKey) => (
        <>
          <RelativeTime at={apiKey.createdAt} />
          <Second>{apiKey.createdBy}</Second>
        </>
      ),
    },
  ]
  if (onRevoke) columns.push({ header: 'actions', cell: (apiKey) => <RevokeButton apiKey={apiKey} onRevoke={onRevoke} /> })
  return columns
}
