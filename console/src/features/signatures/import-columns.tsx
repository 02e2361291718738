import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../table/DataTable.js'
import { formatDuration } from '../../ui/format-time.js'
import { Mono } from '../../ui/Mono.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { Second } from '../../ui/Second.js'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './signatures.module.css'

const TONES = { waiting: 'busy', checking: 'busy', published: 'good', refused: 'bad' } as const

/** More names than this are counted. */
const NAMES_SHOWN_MAX = 4

function StateCell({ entry }: { entry: SignatureImport }) {
  const { t } = useTranslation()
  return <StateBadge tone={TONES[entry.state]} text={t(`signatures.import.state.${entry.state}`)} />
}

function FilesCell({ entry: { files } }: { entry: SignatureImport }) {
  const { t } = useTranslation()
  const moreCount = files.length - NAMES_SHOWN_MAX
  return (
    <>
      {files.slice(0, NAMES_SHOWN_MAX).map((name) => (
        <div key={name}>
          <Mono text={name} />
        </div>
      ))}
      {moreCount > 0 ? <Second>{t('signatures.import.moreFiles', { count: moreCount })}</Second> : null}
    </>
  )
}

function OutcomeCell({ entry }: { entry: SignatureImport }) {
  const { t } = useTranslation()
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
      {entry.message || <Meaning state={entry.state} />}
    </>
  )
}

/** What is going on, while the server says nothing more exact. */
function Meaning({ state }: Pick<SignatureImport, 'state'>) {
  const { t } = useTranslation()
  return state === 'waiting' || state === 'checking' ? t(`signatures.import.meaning.${state}`) : null
}

const tookMs = ({ startedAt, endedAt }: SignatureImport) => (endedAt === null ? undefined : Date.parse(endedAt) - Date.parse(startedAt))

function TookCell({ entry }: { entry: SignatureImport }) {
  const durationMs = tookMs(entry)
  return durationMs === undefined ? '–' : formatDuration(durationMs)
}

export const importColumns: readonly Column<SignatureImport>[] = [
  { header: 'state', width: '112px', cell: (entry) => <StateCell entry={entry} /> },
  { header: 'files', width: '22%', cell: (entry) => <FilesCell entry={entry} /> },
  { header: 'outcome', cell: (entry) => <OutcomeCell entry={entry} /> },
  { header: 'started', width: '92px', cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
  { header: 'duration', isNumber: true, width: '92px', cell: (entry) => <TookCell entry={entry} /> },
]
