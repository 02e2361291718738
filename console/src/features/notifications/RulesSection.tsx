import type { NotificationChannel, NotificationRule } from '@guardimesh/contracts'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deleteRule, ruleList } from '../../api/queries/notifications.js'
import { FormSuccess } from '../../forms/FormSuccess.js'
import { DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { Section } from '../../ui/Section.js'
import { DeleteDialog } from './DeleteDialog.js'
import { RuleDialog } from './RuleDialog.js'
import { buildRuleColumns } from './rule-columns.js'

type Open = { dialog: 'create' } | { dialog: 'edit' | 'delete'; rule: NotificationRule }

/** Rules: which events each channel receives, and when. */
export function RulesSection({ channels }: { channels: readonly NotificationChannel[] }) {
  const { t } = useTranslation()
  const rules = useQuery(ruleList)
  const [open, setOpen] = useState<Open | null>(null)
  const [done, setDone] = useState<string>()
  const close = () => setOpen(null)
  const start = (next: Open) => {
    setDone(undefined)
    setOpen(next)
  }
  const columns = buildRuleColumns(channels, (dialog, rule) => start({ dialog, rule }))
  return (
    <Section title={t('notifications.rule.title')}>
      <div>
        <ActionButton
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabledReason={channels.length === 0 ? t('notifications.rule.noChannel') : undefined}
          onClick={() => start({ dialog: 'create' })}
        >
          {t('notifications.rule.new')}
        </ActionButton>
      </div>
      <FormSuccess text={done} />
      <QueryState query={rules}>
        {({ items }) =>
          items.length === 0 ? (
            <p role="status">{t('notifications.rule.none')}</p>
          ) : (
            <DataTable
              label={t('notifications.rule.title')}
              columns={columns}
              rows={items}
              rowKey={({ ruleId }) => ruleId}
              isFaint={({ isEnabled }) => !isEnabled}
            />
          )
        }
      </QueryState>
      {open?.dialog === 'create' ? (
        <RuleDialog
          channels={channels}
          rule={undefined}
          onClose={close}
          onSaved={({ name }) => setDone(t('notifications.rule.created', { name }))}
        />
      ) : null}
      {open?.dialog === 'edit' ? (
        <RuleDialog
          channels={channels}
          rule={open.rule}
          onClose={close}
          onSaved={({ name }) => setDone(t('notifications.rule.changed', { name }))}
        />
      ) : null}
      {open?.dialog === 'delete' ? (
        <DeleteDialog
          title={t('notifications.rule.deleteTitle', { name: open.rule.name })}
          text={t('notifications.rule.deleteText')}
          confirmLabel={t('notifications.rule.deleteConfirm')}
          remove={() => deleteRule(open.rule.ruleId)}
          onClose={close}
          onDeleted={() => setDone(t('notifications.rule.deleted', { name: open.rule.name }))}
        />
      ) : null}
    </Section>
  )
}
