import { AUDIT_RESULTS, type AuditEntryView } from '@guardimesh/contracts'
import { Button, NativeSelect } from '@mantine/core'
import { IconHistory, IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { auditList, verifyAudit } from '../../api/queries/audit.js'
import { lastToSince } from '../../api/queries/time-range.js'
import { FormProblem } from '../../forms/FormProblem.js'
import { ExportMenu } from '../../table/ExportMenu.js'
import { NamedFilterBar } from '../../table/NamedFilterBar.js'
import { PagedTable } from '../../table/PagedTable.js'
import { TimeRangeField } from '../../table/TimeRangeField.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { TimeZoneSwitch } from '../../ui/TimeZoneSwitch.js'
import { buildAuditColumns } from './audit-columns.js'
import { EntryDialog } from './EntryDialog.js'
import { VerifyResult } from './VerifyResult.js'

const NAMES = ['search', 'actor', 'action', 'target'] as const
const readFilters = readNamed([...NAMES, 'result', 'last', 'since', 'until'])

/** Changes, logins, failures and exports. */
export function AuditPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readFilters)
  const entries = useInfiniteQuery(auditList(filters))
  const [opened, setOpened] = useState<AuditEntryView | null>(null)
  const columns = useMemo(() => buildAuditColumns(setOpened), [])
  const verify = useMutation({ mutationFn: verifyAudit })
  const exported = () => {
    const { last, ...rest } = filters
    return { ...rest, since: rest.since ?? lastToSince(last) }
  }
  return (
    <PageFrame
      title={t('audit.title')}
      lead={t('audit.lead')}
      actions={
        <>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconShieldCheck size={14} aria-hidden />}
            loading={verify.isPending}
            onClick={() => verify.mutate()}
          >
            {t('audit.verify.start')}
          </Button>
          <ExportMenu list="audit" queryOf={exported} />
        </>
      }
    >
      <FormProblem error={verify.error} />
      {verify.data ? <VerifyResult result={verify.data} /> : null}
      <NamedFilterBar names={NAMES} pillNames={[...NAMES, 'last', 'since', 'until']} filters={filters} onChange={change}>
        <NativeSelect
          size="xs"
          label={t('filter.result')}
          data={[{ value: '', label: t('filter.any') }, ...AUDIT_RESULTS.map((value) => ({ value, label: t(`audit.result.${value}`) }))]}
          value={filters.result ?? ''}
          onChange={(event) => change({ result: event.currentTarget.value })}
        />
        <TimeRangeField range={filters} onChange={change} />
        <TimeZoneSwitch />
      </NamedFilterBar>
      <PagedTable
        label={t('audit.title')}
        columns={columns}
        rowKey={({ position }) => String(position)}
        query={entries}
        empty={
          <Notice role="status" icon={<IconHistory size={28} aria-hidden />} title={t('audit.empty.title')}>
            <p>{t('audit.empty.text')}</p>
          </Notice>
        }
      />
      {opened ? <EntryDialog entry={opened} onClose={() => setOpened(null)} /> : null}
    </PageFrame>
  )
}
