import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/DataTable.js'
import { formatDuration } from '../../../ui/format-time.js'
import { Mono } from '../../../ui/Mono.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'
import { Second } from '../../../ui/Second.js'
import { ImportBadge, useProgressText } from '../ImportProgress.js'
import classes from '../signatures.module.css'

/** More names than this are counted. */
const NAMES_SHOWN_MAX = 4

function FilesCell({ entry: { files, removed } }: { entry: SignatureImport }) {
  const { t } = useTranslation()
  if (files.length + removed.length === 0) return t('signatures.import.change')
  return (
    <>
      <Names names={files} />
      {removed.length > 0 ? <div>{t('signatures.import.removed')}</div> : null}
      <Names names={removed} />
    </>
  )
}

function Names({ names }: { names: readonly string[] }) {
  const { t } = useTranslation()
  const moreCount = names.length - NAMES_SHOWN_MAX
  return (
    <>
      {names.slice(0, NAMES_SHOWN_MAX).map((name) => (
        <div key={name}>
          <Mono text={name} />
        </div>
      ))}
      {moreCount > 0 ? <Second>{t('signatures.import.moreFiles', { count: moreCount })}</Second> : null}
    </>
  )
}

/** Who brought it and how, and whose key had signed it. */
function WhoCell({ entry: { importedBy, source, signedBy } }: { entry: SignatureImport }) {
  const { t } = useTranslation()
  return (
    <>
      {importedBy || t('signatures.import.nobody')}
      <Second>{t(`signatures.import.source.${source}`)}</Second>
      {signedBy === '' ? null : (
        <Second>
          {t('signatures.import.signedBy')} <Mono text={signedBy} />
        </Second>
      )}
    </>
  )
}

function OutcomeCell({ entry }: { entry: SignatureImport }) {
  const { t } = useTranslation()
  const progress = useProgressText(entry)
  return (
    <>
      {entry.state === 'refused' ? (
        <div className={classes.refusedBy}>
          {t('signatures.import.refusedBy')} <Mono text={entry.check} />
        </div>
      ) : null}
      {entry.state === 'published' ? (
        <div>
          {t('signatures.import.became')} <Mono text={entry.generation} />
        </div>
      ) : null}
      {progress || entry.message}
    </>
  )
}

const tookMs = ({ startedAt, endedAt }: SignatureImport) => (endedAt === null ? undefined : Date.parse(endedAt) - Date.parse(startedAt))

function DurationCell({ entry }: { entry: SignatureImport }) {
  const durationMs = tookMs(entry)
  return durationMs === undefined ? '–' : formatDuration(durationMs)
}

export const importColumns: readonly Column<SignatureImport>[] = [
  { header: 'state', width: '112px', cell: (entry) => <ImportBadge state={entry.state} /> },
  { header: 'files', width: '18%', cell: (entry) => <FilesCell entry={entry} /> },
  { header: 'who', width: '20%', cell: (entry) => <WhoCell entry={entry} /> },
  { header: 'outcome', cell: (entry) => <OutcomeCell entry={entry} /> },
  { header: 'started', width: '92px', cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
  { header: 'duration', isNumber: true, width: '92px', cell: (entry) => <DurationCell entry={entry} /> },
]
