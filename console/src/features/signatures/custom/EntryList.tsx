import type { CustomSignatures } from '@guardimesh/contracts'
import { IconClipboardList, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FilterField } from '../../../table/FilterField.js'
import { readNamed, useAddressFilters } from '../../../table/use-address-filters.js'
import { ActionButton } from '../../../ui/ActionButton.js'
import lines from '../../../ui/lines.module.css'
import classes from './custom.module.css'
import { keyOf, PART_OF_LIST, withEntries } from './custom-draft.js'
import { EntryDialog } from './EntryDialog.js'
import { EntryTable } from './EntryTable.js'
import type { Entry, EntryListName } from './entry-form.js'
import { PasteHashesDialog } from './PasteHashesDialog.js'
import type { CustomDraft } from './use-custom-draft.js'

const readEntryFilters = readNamed(['search', 'hash', 'name', 'reason'])

interface EntryListProps {
  list: EntryListName
  shown: CustomSignatures
  draft: CustomDraft
  disabledReason: string | undefined
}

/** A list of custom signatures with search, and dialogs that add entries. */
export function EntryList(props: EntryListProps) {
  const { list, shown, draft, disabledReason } = props
  const { t } = useTranslation()
  const { filters, change } = useAddressFilters(readEntryFilters)
  const [dialog, setDialog] = useState<'add' | 'paste' | null>(null)
  const entries: readonly Entry[] = shown[PART_OF_LIST[list]]
  const close = () => {
    setDialog(null)
    change({ hash: undefined, name: undefined, reason: undefined })
  }
  const add = (added: readonly Entry[]) => {
    draft.edit((custom) => withEntries(custom, PART_OF_LIST[list], added))
    close()
  }
  // A link from a finding opens the dialog with values from the URL.
  const isAdding = dialog === 'add' || (filters.hash !== undefined && disabledReason === undefined)
  return (
    <>
      <p className={classes.meaning}>{t(`signatures.custom.list.${list}.meaning`)}</p>
      <div className={lines.toolbar}>
        <FilterField
          label={t('filter.search')}
          icon={<IconSearch size={14} aria-hidden />}
          widthPx={240}
          value={filters.search ?? ''}
          onChange={(search) => change({ search })}
        />
        <AddButtons list={list} disabledReason={disabledReason} onOpen={setDialog} />
      </div>
      <EntryTable {...props} entries={entries} found={entries.filter((entry) => matchesSearch(entry, filters.search))} />
      {isAdding ? <EntryDialog list={list} initial={filters} onAdd={(entry) => add([entry])} onClose={close} /> : null}
      {dialog === 'paste' ? <PasteHashesDialog onAdd={add} onClose={close} /> : null}
    </>
  )
}

interface AddButtonsProps extends Pick<EntryListProps, 'list' | 'disabledReason'> {
  onOpen: (dialog: 'add' | 'paste') => void
}

function AddButtons({ list, disabledReason, onOpen }: AddButtonsProps) {
  const { t } = useTranslation()
  return (
    <>
      <ActionButton
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabledReason={disabledReason}
        onClick={() => onOpen('add')}
      >
        {t(`signatures.custom.list.${list}.add`)}
      </ActionButton>
      {list === 'hashes' ? (
        <ActionButton
          size="xs"
          variant="default"
          leftSection={<IconClipboardList size={14} aria-hidden />}
          disabledReason={disabledReason}
          onClick={() => onOpen('paste')}
        >
          {t('signatures.bulkAdd.open')}
        </ActionButton>
      ) : null}
    </>
  )
}

function matchesSearch(entry: Entry, search: string | undefined): boolean {
  if (search === undefined) return true
  const texts = [keyOf(entry), 'name' in entry ? entry.name : '', entry.reason, entry.addedBy]
  return texts.some((text) => text.toLowerCase().includes(search.toLowerCase()))
}
