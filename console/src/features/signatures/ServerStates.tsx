import { IconFingerprintOff, IconServerOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { Command } from '../../ui/Command.js'
import { Notice } from '../../ui/Notice.js'
import { COMMANDS } from './import/signature-commands.js'
import classes from './signatures.module.css'

/** A single-machine installation has no signature server. */
export function AbsentNotice() {
  const { t } = useTranslation()
  return (
    <Notice role="status" icon={<IconServerOff size={28} aria-hidden />} title={t('signatures.absent.title')}>
      <p>{t('signatures.absent.text')}</p>
      <p>{t('signatures.absent.folder', { setting: 'SIGNATURES_SOURCE_FOLDER' })}</p>
    </Notice>
  )
}

/** The signature server does not respond. Earlier data is not shown, because it may be outdated. */
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

/** The signature server has no generation yet. */
export function NoGenerationNotice() {
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
