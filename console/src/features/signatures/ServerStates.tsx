import { IconFingerprintOff, IconServerOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { Command } from '../../ui/Command.js'
import { Notice } from '../../ui/Notice.js'
import { COMMANDS } from './import/signature-commands.js'
import classes from './signatures.module.css'

/** One machine: there is no server, and that is as it should be. */
export function AbsentNotice() {
  const { t } = useTranslation()
  return (
    <Notice role="status" icon={<IconServerOff size={28} aria-hidden />} title={t('signatures.absent.title')}>
      <p>{t('signatures.absent.text')}</p>
      <p>{t('signatures.absent.folder', { setting: 'SIGNATURES_SOURCE_FOLDER' })}</p>
    </Notice>
  )
}

/** What the server offers is not known; what was known before is not shown, since it may not hold any more. */
export function UnreachableNotice({ problem }: { problem: string }) {
  const { t } = useTranslation()
  return (
    <Notice role="alert" icon={<IconServerOff size={28} aria-hidden />} title={t('signatures.unreachable.title')}>
      {problem ? <p>{problem}</p> : null}
      <p>{t('signatures.unreachable.text')}</p>
      <div className={classes.noticeCommand}>
        <Command text={COMMANDS.showPod} label={t('signatures.unreachable.copy')} />
      </div>
    </Notice>
  )
}

/** The server runs and has nothing to offer yet. */
export function NothingOfferedNotice() {
  const { t } = useTranslation()
  return (
    <Notice role="status" icon={<IconFingerprintOff size={28} aria-hidden />} title={t('signatures.empty.title')}>
      <p>{t('signatures.empty.text')}</p>
      <p>
        <Link to={paths.signatureImport()}>{t('signatures.empty.link')}</Link>
      </p>
    </Notice>
  )
}
