import { useTranslation } from 'react-i18next'
import { Command } from '../../../ui/Command.js'
import { Panel } from '../../../ui/Panel.js'
import classes from '../signatures.module.css'
import { COMMANDS } from './signature-commands.js'

/** Commands that import signatures without a browser. */
export function CommandLinePanel() {
  const { t } = useTranslation()
  return (
    <Panel title={t('signatures.commandLine.title')}>
      <div className={classes.stack}>
        <p>{t('signatures.commandLine.fetch')}</p>
        <h3 className={classes.subheading}>{t('signatures.commandLine.cli')}</h3>
        <p>{t('signatures.commandLine.pack')}</p>
        <Command text={COMMANDS.pack} label={t('signatures.commandLine.copyPack')} />
        <p>{t('signatures.commandLine.push')}</p>
        <Command text={COMMANDS.push} label={t('signatures.commandLine.copyPush')} />
        <h3 className={classes.subheading}>{t('signatures.commandLine.kubectl')}</h3>
        <p>{t('signatures.commandLine.find')}</p>
        <Command text={COMMANDS.findPod} label={t('signatures.commandLine.copyFind')} />
        <p>{t('signatures.commandLine.copy')}</p>
        <Command text={COMMANDS.copyOne} label={t('signatures.commandLine.copyOne')} />
        <p>{t('signatures.commandLine.many')}</p>
        <Command text={COMMANDS.copyMany} label={t('signatures.commandLine.copyMany')} />
        <p>{t('signatures.commandLine.checkHistory')}</p>
      </div>
    </Panel>
  )
}
