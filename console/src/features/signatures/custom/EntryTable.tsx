import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../table/DataTable.js'
import { formatCount } from '../../../ui/format-number.js'
import lines from '../../../ui/lines.module.css'
import classes from './custom.module.css'
import { keyOf, PART_OF_LIST, withoutEntry } from './custom-draft.js'
import { buildEntryColumns } from './entry-columns.js'
import type { Entry, EntryListName } from './entry-form.js'
import type { CustomDraft } from './use-custom-draft.js'

/** Rows shown at first; a list may have 50,000 entries. */
const PAGE_ROWS = 25

interface EntryTableProps {
  list: EntryListName
  draft: CustomDraft
  disabledReason: string | undefined
  entries: readonly Entry[]
  /** The entries that match the search. */
  found: readonly Entry[]
}

export function EntryTable({ list, draft, disabledReason, entries, found }: EntryTableProps) {
  const { t } = useTranslation()
  const [shownMax, setShownMax] = useState(PAGE_ROWS)
  const part = PART_OF_LIST[list]
  const columns = buildEntryColumns({ list, disabledReason, onRemove: (key) => draft.edit((custom) => withoutEntry(custom, part, key)) })
  const savedKeys = useMemo(() => new Set((draft.current.data?.[part] ?? []).map(keyOf)), [draft.current.data, part])
  if (found.length === 0) {
    return (
      <p role="status" className={classes.none}>
        {entries.length === 0 ? t(`signatures.custom.list.${list}.none`) : t('signatures.custom.noneFound')}
      </p>
    )
  }
  return (
    <>
      <DataTable
        label={t(`signatures.custom.list.${list}.name`)}
        columns={columns}
        rows={found.slice(0, shownMax)}
        rowKey={keyOf}
        isNew={(entry) => !savedKeys.has(keyOf(entry))}
      />
      {found.length > shownMax ? (
        <div className={lines.foot}>
          {t('signatures.custom.shownOf', { shown: formatCount(shownMax), total: formatCount(found.length) })}
          <Button size="xs" variant="default" onClick={() => setShownMax(shownMax + PAGE_ROWS)}>
            {t('signatures.custom.showMore')}
          </Button>
        </div>
      ) : null}
    </>
  )
}
