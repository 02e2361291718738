import { useTranslation } from 'react-i18next'
import { Command } from '../../ui/Command.js'
import { Panel } from '../../ui/Panel.js'
import { COMMANDS } from './signature-commands.js'
import classes from './signatures.module.css'

/** How a person brings signatures into a cluster without internet, command by command. */
export function BringInPanel({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <div id={id}>
      <Panel title={t('signatures.bringIn.title')}>
        <ol className={classes.steps}>
          <li>{t('signatures.bringIn.fetch')}</li>
          <li>
            <div className={classes.step}>
              {t('signatures.bringIn.find')}
              <Command text={COMMANDS.findPod} label={t('signatures.bringIn.copyFind')} />
            </div>
          </li>
          <li>
            <div className={classes.step}>
              {t('signatures.bringIn.copy')}
              <Command text={COMMANDS.copyOne} label={t('signatures.bringIn.copyOne')} />
              {t('signatures.bringIn.many')}
              <Command text={COMMANDS.copyMany} label={t('signatures.bringIn.copyMany')} />
            </div>
          </li>
          <li>{t('signatures.bringIn.look')}</li>
        </ol>
      </Panel>
    </div>
  )
}
