import type { ApiKeyView } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../table/DataTable.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'

function LabelCell({ apiKey }: { apiKey: ApiKeyView }) {
  return (
    <>
      <b>{apiKey.label}</b>
      <SecondLine>
        <Mono text={`${apiKey.prefix}…`} />
      </SecondLine>
    </>
  )
}

function ScopesCell({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useTranslation()
  return apiKey.scopes.map((scope) => <div key={scope}>{t(`apiKeys.scope.${scope}.name`)}</div>)
}

function StateCell({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useTranslation()
  const { revokedAt, expiresAt } = apiKey
  if (revokedAt === null && expiresAt !== null)
    return (
      <>
        {Date.parse(expiresAt) > Date.now() ? (
          <StateBadge tone="good" text={t('apiKeys.state.active')} />
        ) : (
          <StateBadge tone="bad" text={t('apiKeys.state.expired')} />
        )}
        <SecondLine>
          {t('apiKeys.expires')} <RelativeTime at={expiresAt} />
        </SecondLine>
      </>
    )
  if (revokedAt === null) return <StateBadge tone="good" text={t('apiKeys.state.active')} />
  return (
    <>
      <StateBadge tone="quiet" text={t('apiKeys.state.revoked')} />
      <SecondLine>
        <RelativeTime at={revokedAt} />
      </SecondLine>
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

/** @param onRevoke undefined for accounts that can't revoke keys: omits the column with the buttons. */
export function buildApiKeyColumns(onRevoke: ((apiKey: ApiKeyView) => void) | undefined): readonly Column<ApiKeyView>[] {
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
          <SecondLine>{apiKey.createdBy}</SecondLine>
        </>
      ),
    },
  ]
  if (onRevoke) columns.push({ header: 'actions', cell: (apiKey) => <RevokeButton apiKey={apiKey} onRevoke={onRevoke} /> })
  return columns
}
