import { EXCEPTION_STATES, type ExceptionView } from '@guardimesh/contracts'
import { Chip, NativeSelect } from '@mantine/core'
import { IconShieldOff } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAllowed } from '../../api/permissions.js'
import { EXCEPTION_FILTER_NAMES, type ExceptionAddress, exceptionList } from '../../api/queries/exceptions.js'
import { sessionQuery } from '../../api/queries/session.js'
import { FormSuccess } from '../../forms/FormSuccess.js'
import { PagedTable } from '../../table/PagedTable.js'
import { readNamed, useAddressFilters } from '../../table/use-address-filters.js'
import lines from '../../ui/lines.module.css'
import { Notice } from '../../ui/Notice.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { CreateExceptionButton } from './CreateExceptionButton.js'
import { EditExceptionDialog } from './EditExceptionDialog.js'
import { buildExceptionColumns } from './exception-columns.js'
import { RevokeExceptionDialog } from './RevokeExceptionDialog.js'

const readFilters = readNamed(EXCEPTION_FILTER_NAMES)
/** Narrower tables scroll horizontally. */
const MIN_WIDTH_PX = 1000
const keyOf = ({ exceptionId }: ExceptionView) => String(exceptionId)

export function ExceptionsPage() {
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readFilters)
  const query = useInfiniteQuery(exceptionList(filters))
  const { data: session } = useQuery(sessionQuery)
  const [open, setOpen] = useState<{ dialog: 'edit' | 'revoke'; exception: ExceptionView } | null>(null)
  const [done, setDone] = useState<string>()
  const canChange = isAllowed(session?.account, 'exceptions:change')
  const columns = useMemo(
    () => buildExceptionColumns(canChange ? (dialog, exception) => setOpen({ dialog, exception }) : undefined),
    [canChange],
  )
  const dialogProps = open && { exception: open.exception, onDone: setDone, onClose: () => setOpen(null) }
  return (
    <PageFrame title={t('exceptions.title')} lead={t('exceptions.lead')} actions={<CreateExceptionButton />}>
      <FormSuccess text={done} />
      <ExceptionFilterBar filters={filters} onChange={change} />
      <PagedTable
        label={t('exceptions.title')}
        columns={columns}
        rowKey={keyOf}
        isFaint={({ state }) => state !== 'active'}
        minWidthPx={MIN_WIDTH_PX}
        query={query}
        empty={<NoExceptions isFiltered={Object.keys(filters).length > 0} />}
      />
      {dialogProps && open.dialog === 'edit' ? <EditExceptionDialog {...dialogProps} /> : null}
      {dialogProps && open.dialog === 'revoke' ? <RevokeExceptionDialog {...dialogProps} /> : null}
    </PageFrame>
  )
}

interface FilterBarProps {
  filters: ExceptionAddress
  onChange: (changes: ExceptionAddress) => void
}

function ExceptionFilterBar({ filters, onChange }: FilterBarProps) {
  const { t } = useTranslation()
  return (
    <search aria-label={t('filter.title')} className={lines.toolbar}>
      <NativeSelect
        size="xs"
        label={t('column.state')}
        value={filters.state ?? ''}
        onChange={(event) => onChange({ state: event.currentTarget.value })}
        data={[
          { value: '', label: t('filter.any') },
          ...EXCEPTION_STATES.map((value) => ({ value, label: t(`exceptions.state.${value}`) })),
        ]}
      />
      <Chip size="xs" variant="outline" checked={filters.unused === 'true'} onChange={(isOn) => onChange({ unused: isOn ? 'true' : '' })}>
        {t('exceptions.unused')}
      </Chip>
    </search>
  )
}

function NoExceptions({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation()
  return (
    <Notice
      role="status"
      icon={<IconShieldOff size={28} aria-hidden />}
      title={t(isFiltered ? 'exceptions.empty.filteredTitle' : 'exceptions.empty.title')}
    >
      <p>{t('exceptions.empty.text')}</p>
    </Notice>
  )
}
