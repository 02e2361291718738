import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Mono } from '../../ui/Mono.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './signatures.module.css'

const TONES = { waiting: 'busy', checking: 'busy', published: 'good', refused: 'bad' } as const

export function ImportBadge({ state }: Pick<SignatureImport, 'state'>) {
  const { t } = useTranslation()
  return <StateBadge tone={TONES[state]} text={t(`signatures.import.state.${state}`)} />
}

/** Returns the progress text of an import: the server's text, or else the meaning of the state; '' once it has ended. */
export function useProgressText({ state, progress, message }: SignatureImport): string {
  const { t } = useTranslation()
  if (state !== 'waiting' && state !== 'checking') return ''
  return progress || message || t(`signatures.import.meaning.${state}`)
}

/** Import with its files, state and progress. */
export function ImportProgress({ entry }: { entry: SignatureImport }) {
  const { t } = useTranslation()
  const text = useProgressText(entry)
  return (
    <div className={classes.importLine}>
      <ImportBadge state={entry.state} />
      <div className={classes.importText}>
        {entry.source === 'change' && entry.files.length === 0 ? t('signatures.import.change') : <Mono text={entry.files.join(', ')} />}
        <SecondLine>{text}</SecondLine>
      </div>
    </div>
  )
}

/** Announces the state of the latest import, because the list updates without user action. */
export function LatestForScreenReaders({ latest }: { latest: SignatureImport | undefined }) {
  const { t } = useTranslation()
  const file = latest?.files[0] ?? t('signatures.import.change')
  return (
    <p role="status" className="visually-hidden">
      {latest ? t('signatures.import.latest', { file, state: t(`signatures.import.state.${latest.state}`) }) : ''}
    </p>
  )
}
