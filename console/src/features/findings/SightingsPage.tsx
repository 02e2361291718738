import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { paths } from '../../path-builder.js'
import { CopyableText } from '../../ui/CopyableText.js'
import { PageFrame } from '../../ui/PageFrame.js'
import classes from './findings.module.css'
import { Sightings } from './Sightings.js'

/** Everywhere one content was seen, named by its SHA-256. */
export function SightingsPage() {
  const { t } = useTranslation()
  const { sha256 = '' } = useParams()
  return (
    <PageFrame title={t('sightings.title')} lead={t('sightings.lead')}>
      <div className={classes.contentName}>
        <CopyableText text={sha256} label={t('finding.file.copyHash')} />
        <Link to={paths.findings({ sha256 })}>{t('sightings.toFindings')}</Link>
        <Link to={paths.signatureCustom({ list: 'hashes', hash: sha256 })}>{t('sightings.toCustom')}</Link>
      </div>
      <Sightings sha256={sha256} />
    </PageFrame>
  )
}
