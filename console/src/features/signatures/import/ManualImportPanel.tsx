import { useTranslation } from 'react-i18next'
import { Command } from '../../../ui/Command.js'
import { Panel } from '../../../ui/Panel.js'
import classes from '../signatures.module.css'
import { COMMANDS } from './signature-commands.js'

/** How a person brings signatures into a cluster without this browser, command by command. */
export function ManualImportPanel() {
  const { t } = useTranslation()
  return (
    <Panel title={t('signatures.byHand.title')}>
      <div className={classes.stack}>
        <p>{t('signatures.byHand.fetch')}</p>
        <h3 className={classes.way}>{t('signatures.byHand.cli')}</h3>
        <p>{t('signatures.byHand.pack')}</p>
        <Command text={COMMANDS.pack} label={t('signatures.byHand.copyPack')} />
        <p>{t('signatures.byHand.push')}</p>
        <Command text={COMMANDS.push} label={t('signatures.byHand.copyPush')} />
        <h3 className={classes.way}>{t('signatures.byHand.kubectl')}</h3>
        <p>{t('signatures.byHand.find')}</p>
        <Command text={COMMANDS.findPod} label={t('signatures.byHand.copyFind')} />
        <p>{t('signatures.byHand.copy')}</p>
        <Command text={COMMANDS.copyOne} label={t('signatures.byHand.copyOne')} />
        <p>{t('signatures.byHand.many')}</p>
        <Command text={COMMANDS.copyMany} label={t('signatures.byHand.copyMany')} />
        <p>{t('signatures.byHand.look')}</p>
      </div>
    </Panel>
  )
}
