import type { CustomSignatures } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { IconClipboardList, IconPlus, IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../table/DataTable.js'
import { FilterField } from '../../../table/FilterField.js'
import { readNamed, useAddressFilters } from '../../../table/use-address-filters.js'
import { ActionButton } from '../../../ui/ActionButton.js'
import { formatCount } from '../../../ui/format-number.js'
import classes from './custom.module.css'
import { keyOf, PART_OF_LIST, withEntries, withoutEntry } from './custom-draft.js'
import { EntryDialog } from './EntryDialog.js'
import { buildEntryColumns } from './entry-columns.js'
import type { Entry, EntryListName } from './entry-form.js'
import { PasteHashesDialog } from './PasteHashesDialog.js'
import type { CustomDraft } from './use-custom-draft.js'

/** A list may hold 50,000 entries: the rest is found by searching. */
const SHOWN_MAX = 25

const readAddress = readNamed(['search', 'hash', 'name', 'reason'])

interface EntryListProps {
  list: EntryListName
  shown: CustomSignatures
  draft: CustomDraft
  disabledReason: string | undefined
}

/** One list of custom signatures: search, add, remove. */
export function EntryList({ list, shown, draft, disabledReason }: EntryListProps) {
  const { t } = useTranslation()
  const part = PART_OF_LIST[list]
  const { filters, change } = useAddressFilters(readAddress)
  const [dialog, setDialog] = useState<'add' | 'paste' | null>(null)
  const [shownMax, setShownMax] = useState(SHOWN_MAX)
  const { edit } = draft
  const columns = buildEntryColumns({ list, disabledReason, onRemove: (key) => edit((custom) => withoutEntry(custom, part, key)) })
  const inForce = useMemo(() => new Set((draft.current.data?.[part] ?? []).map(keyOf)), [draft.current.data, part])
  const entries: readonly Entry[] = shown[part]
  const found = entries.filter((entry) => isFound(entry, filters.search))
  const close = () => {
    setDialog(null)
    change({ hash: undefined, name: undefined, reason: undefined })
  }
  const add = (added: readonly Entry[]) => {
    edit((custom) => withEntries(custom, part, added as never))
    close()
  }
  // The address fills the dialog in: a link from a finding.
  const isAdding = dialog === 'add' || (filters.hash !== undefined && disabledReason === undefined)
  return (
    <>
      <p className={classes.meaning}>{t(`signatures.custom.list.${list}.meaning`)}</p>
      <div className={classes.toolbar}>
        <FilterField
          label={t('filter.search')}
          icon={<IconSearch size={14} aria-hidden />}
          widthPx={240}
          value={filters.search ?? ''}
          onChange={(search) => change({ search })}
        />
        <ActionButton
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabledReason={disabledReason}
          onClick={() => setDialog('add')}
        >
          {t(`signatures.custom.list.${list}.add`)}
        </ActionButton>
        {list === 'hashes' ? (
          <ActionButton
            size="xs"
            variant="default"
            leftSection={<IconClipboardList size={14} aria-hidden />}
            disabledReason={disabledReason}
            onClick={() => setDialog('paste')}
          >
            {t('signatures.paste.open')}
          </ActionButton>
        ) : null}
      </div>
      {found.length === 0 ? (
        <p role="status" className={classes.none}>
          {entries.length === 0 ? t(`signatures.custom.list.${list}.none`) : t('signatures.custom.noneFound')}
        </p>
      ) : (
        <DataTable
          label={t(`signatures.custom.list.${list}.name`)}
          columns={columns}
          rows={found.slice(0, shownMax)}
          rowKey={keyOf}
          isNew={(entry) => !inForce.has(keyOf(entry))}
        />
      )}
      {found.length > shownMax ? (
        <div className={classes.more}>
          {t('signatures.custom.shownOf', { shown: formatCount(shownMax), total: formatCount(found.length) })}
          <Button size="xs" variant="default" onClick={() => setShownMax(shownMax + SHOWN_MAX)}>
            {t('signatures.custom.showMore')}
          </Button>
        </div>
      ) : null}
      {isAdding ? <EntryDialog list={list} given={filters} onAdd={(entry) => add([entry])} onClose={close} /> : null}
      {dialog === 'paste' ? <PasteHashesDialog onAdd={add} onClose={close} /> : null}
    </>
  )
}

function isFound(entry: Entry, search: string | undefined): boolean {
  if (search === undefined) return true
  const texts = [keyOf(entry), 'name' in entry ? entry.name : '', entry.reason, entry.addedBy]
  return texts.some((text) => text.toLowerCase().includes(search.toLowerCase()))
}
