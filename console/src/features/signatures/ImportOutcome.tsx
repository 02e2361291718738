import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { Callout } from '../../ui/Callout.js'
import { Mono } from '../../ui/Mono.js'
import { ImportBadge, useProgressText } from './ImportProgress.js'
import { importOf } from './signature-rules.js'
import classes from './signatures.module.css'

interface ImportOutcomeProps {
  imports: readonly SignatureImport[]
  importId: string | undefined
}

/** What becomes of an import that this person has started. */
export function ImportOutcome({ imports, importId }: ImportOutcomeProps) {
  const entry = importOf(imports, importId)
  return entry ? <Outcome entry={entry} /> : <Handed />
}

/** The server has taken it on and has not listed it yet. */
function Handed() {
  const { t } = useTranslation()
  return (
    <div role="status" className={classes.inline}>
      <ImportBadge state="waiting" /> {t('signatures.import.handed')}
    </div>
  )
}

function Outcome({ entry }: { entry: SignatureImport }) {
  const { t } = useTranslation()
  const progress = useProgressText(entry)
  if (entry.state === 'published') {
    return (
      <Callout role="status" tone="calm" title={t('signatures.import.published')}>
        {t('signatures.import.became')} <Mono text={entry.generation} />.{' '}
        <Link to={paths.signatures()}>{t('signatures.import.toOverview')}</Link>
      </Callout>
    )
  }
  if (entry.state === 'refused') {
    return (
      <Callout role="alert" tone="bad" title={t('signatures.import.refusedTitle')}>
        <p>{entry.message}</p>
        <p>
          {t('signatures.refusal.check')} <Mono text={entry.check} />. {t('signatures.refusal.unharmed')}
        </p>
      </Callout>
    )
  }
  return (
    <div role="status" className={classes.inline}>
      <ImportBadge state={entry.state} /> {progress}
    </div>
  )
}
