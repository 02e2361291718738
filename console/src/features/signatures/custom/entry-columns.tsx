import { CloseButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../path-builder.js'
import type { Column } from '../../../table/DataTable.js'
import { formatCount } from '../../../ui/format-number.js'
import { Mono } from '../../../ui/Mono.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'
import { SecondLine } from '../../../ui/SecondLine.js'
import { SignatureName } from '../../../ui/SignatureName.js'
import { keyOf } from './custom-draft.js'
import type { Entry, EntryListName } from './entry-form.js'

interface EntryColumnsOptions {
  list: EntryListName
  disabledReason: string | undefined
  onRemove: (key: string) => void
}

/** Hash with a link to its sightings. */
function HashCell({ entry }: { entry: Entry }) {
  const { t } = useTranslation()
  const hash = keyOf(entry)
  const sizeBytes = 'sizeBytes' in entry ? entry.sizeBytes : null
  return (
    <>
      <Link to={paths.sightings(hash)}>
        <Mono text={hash} />
      </Link>
      {sizeBytes === null ? null : (
        <SecondLine>{t('signatures.custom.bytes', { count: sizeBytes, shown: formatCount(sizeBytes) })}</SecondLine>
      )}
    </>
  )
}

function AddedCell({ entry: { addedBy, addedAt } }: { entry: Entry }) {
  const { t } = useTranslation()
  if (addedAt === undefined) return t('signatures.custom.notYet')
  return (
    <>
      <RelativeTime at={addedAt} />
      <SecondLine>{addedBy}</SecondLine>
    </>
  )
}

function RemoveCell({ entry, disabledReason, onRemove }: EntryColumnsOptions & { entry: Entry }) {
  const { t } = useTranslation()
  const key = keyOf(entry)
  return (
    <CloseButton
      size="sm"
      disabled={disabledReason !== undefined}
      title={disabledReason}
      aria-label={t('signatures.custom.remove', { name: 'name' in entry ? entry.name : key })}
      onClick={() => onRemove(key)}
    />
  )
}

const NAME: Column<Entry> = {
  header: 'signature',
  width: '22%',
  cell: (entry) => ('name' in entry ? <SignatureName name={entry.name} /> : ''),
}
const HASH: Column<Entry> = { header: 'hash', cell: (entry) => <HashCell entry={entry} /> }

export function buildEntryColumns(options: EntryColumnsOptions): readonly Column<Entry>[] {
  const first = { hashes: [NAME, HASH], 'ignored-signatures': [{ ...NAME, width: '45%' }], 'ignored-files': [HASH] }[options.list]
  return [
    ...first,
    { header: 'reason', width: '20%', cell: ({ reason }) => reason || '–' },
    { header: 'added', width: '19%', cell: (entry) => <AddedCell entry={entry} /> },
    { header: 'actions', width: '70px', cell: (entry) => <RemoveCell entry={entry} {...options} /> },
  ]
}
