import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/DataTable.js'
import { formatDuration } from '../../../ui/format-time.js'
import { Mono } from '../../../ui/Mono.js'
import { RelativeTime } from '../../../ui/RelativeTime.js'
import { SecondLine } from '../../../ui/SecondLine.js'
import { ImportNotices } from '../ImportNotices.js'
import { ImportBadge, useProgressText } from '../ImportProgress.js'
import classes from '../signatures.module.css'

/** Maximum number of names shown; the others are only counted. */
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
      {moreCount > 0 ? <SecondLine>{t('signatures.import.moreFiles', { count: moreCount })}</SecondLine> : null}
    </>
  )
}

/** User, method and signing key of an import. */
function ImportedByCell({ entry: { importedBy, source, signedBy } }: { entry: SignatureImport }) {
  const { t } = useTranslation()
  return (
    <>
      {importedBy || t('signatures.import.unknownUser')}
      <SecondLine>{t(`signatures.import.source.${source}`)}</SecondLine>
      {signedBy === '' ? null : (
        <SecondLine>
          {t('signatures.import.signedBy')} <Mono text={signedBy} />
        </SecondLine>
      )}
    </>
  )
}

function ResultCell({ entry }: { entry: SignatureImport }) {
  const { t } = useTranslation()
  const progress = useProgressText(entry)
  return (
    <>
      {entry.state === 'refused' ? (
        <div className={classes.rejectedBy}>
          {t('signatures.import.rejectedBy')} <Mono text={entry.check} />
        </div>
      ) : null}
      {entry.state === 'published' ? (
        <div>
          {t('signatures.import.publishedAs')} <Mono text={entry.generation} />
        </div>
      ) : null}
      {progress || entry.message}
      <ImportNotices notices={entry.notices} />
    </>
  )
}

const importDurationMs = ({ startedAt, endedAt }: SignatureImport) =>
  endedAt === null ? undefined : Date.parse(endedAt) - Date.parse(startedAt)

function DurationCell({ entry }: { entry: SignatureImport }) {
  const durationMs = importDurationMs(entry)
  return durationMs === undefined ? '–' : formatDuration(durationMs)
}

export const importColumns: readonly Column<SignatureImport>[] = [
  { header: 'state', width: '112px', cell: (entry) => <ImportBadge state={entry.state} /> },
  { header: 'files', width: '18%', cell: (entry) => <FilesCell entry={entry} /> },
  { header: 'importedBy', width: '20%', cell: (entry) => <ImportedByCell entry={entry} /> },
  { header: 'result', cell: (entry) => <ResultCell entry={entry} /> },
  { header: 'started', width: '92px', cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
  { header: 'duration', isNumber: true, width: '92px', cell: (entry) => <DurationCell entry={entry} /> },
]
