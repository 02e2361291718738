import type { SignatureImport } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { Callout } from '../../ui/Callout.js'
import { Mono } from '../../ui/Mono.js'
import { ImportNotices } from './ImportNotices.js'
import { ImportBadge, useProgressText } from './ImportProgress.js'
import { findImport } from './signature-rules.js'
import classes from './signatures.module.css'

interface ImportOutcomeProps {
  imports: readonly SignatureImport[]
  importId: string | undefined
}

/** Progress and result of an import that the user started. */
export function ImportOutcome({ imports, importId }: ImportOutcomeProps) {
  const entry = findImport(imports, importId)
  return entry ? <Outcome entry={entry} /> : <SubmittedNotice />
}

/** The signature server has accepted the import but does not list it yet. */
function SubmittedNotice() {
  const { t } = useTranslation()
  return (
    <div role="status" className={classes.inline}>
      <ImportBadge state="waiting" /> {t('signatures.import.submitted')}
    </div>
  )
}

function Outcome({ entry }: { entry: SignatureImport }) {
  const { t } = useTranslation()
  const progress = useProgressText(entry)
  if (entry.state === 'published') {
    return (
      <Callout role="status" tone="calm" title={t('signatures.import.published')}>
        {t('signatures.import.publishedAs')} <Mono text={entry.generation} />.{' '}
        <Link to={paths.signatures()}>{t('signatures.import.toOverview')}</Link>
        <ImportNotices notices={entry.notices} />
      </Callout>
    )
  }
  if (entry.state === 'refused') {
    return (
      <Callout role="alert" tone="bad" title={t('signatures.import.rejectedTitle')}>
        <p>{entry.message}</p>
        <p>
          {t('signatures.rejection.check')} <Mono text={entry.check} />. {t('signatures.rejection.unchanged')}
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
