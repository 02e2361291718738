import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Mono } from '../../ui/Mono.js'
import { Second } from '../../ui/Second.js'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './signatures.module.css'

const TONES = { waiting: 'busy', checking: 'busy', published: 'good', refused: 'bad' } as const

export function ImportBadge({ state }: Pick<SignatureImport, 'state'>) {
  const { t } = useTranslation()
  return <StateBadge tone={TONES[state]} text={t(`signatures.import.state.${state}`)} />
}

/** What is going on: the server's own words, else what the state means; nothing when it has ended. */
export function useProgressText({ state, progress, message }: SignatureImport): string {
  const { t } = useTranslation()
  if (state !== 'waiting' && state !== 'checking') return ''
  return progress || message || t(`signatures.import.meaning.${state}`)
}

/** One import on a page about something else: its files, where it stands, and what is being done. */
export function ImportProgress({ entry }: { entry: SignatureImport }) {
  const { t } = useTranslation()
  const text = useProgressText(entry)
  return (
    <div className={classes.importLine}>
      <ImportBadge state={entry.state} />
      <div className={classes.importWords}>
        {entry.source === 'change' && entry.files.length === 0 ? t('signatures.import.change') : <Mono text={entry.files.join(', ')} />}
        <Second>{text}</Second>
      </div>
    </div>
  )
}

/** The list renews itself: who cannot see that hears what became of the latest import. */
export function LatestForScreenReaders({ latest }: { latest: SignatureImport | undefined }) {
  const { t } = useTranslation()
  const what = latest?.files[0] ?? t('signatures.import.change')
  return (
    <p role="status" className="visually-hidden">
      {latest ? t('signatures.import.latest', { file: what, state: t(`signatures.import.state.${latest.state}`) }) : ''}
    </p>
  )
}
