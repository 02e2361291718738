import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { paths } from '../../path-builder.js'
import { CopyableText } from '../../ui/CopyableText.js'
import { isMd5 } from '../../ui/is-md5.js'
import { PageFrame } from '../../ui/PageFrame.js'
import classes from './findings.module.css'
import { Sightings } from './Sightings.js'

/** All sightings of a file, by its SHA-256 or MD5. */
export function SightingsPage() {
  const { t } = useTranslation()
  const { hash = '' } = useParams()
  return (
    <PageFrame title={t('sightings.title')} lead={t('sightings.lead')}>
      <div className={classes.contentName}>
        <CopyableText text={hash} label={t('finding.file.copyHash')} />
        {isMd5(hash) ? null : <Link to={paths.findings({ sha256: hash })}>{t('sightings.toFindings')}</Link>}
        <Link to={paths.signatureCustom({ list: 'hashes', hash })}>{t('sightings.toCustom')}</Link>
      </div>
      <Sightings hash={hash} />
    </PageFrame>
  )
}
