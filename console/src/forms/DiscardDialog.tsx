import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from './Dialog.js'
import classes from './forms.module.css'

/** Asks before unsaved input is lost. */
export function DiscardDialog({ onDiscard, onKeep }: { onDiscard: () => void; onKeep: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('form.leave.title')} onClose={onKeep}>
      <div className={classes.form}>
        <p className={classes.note}>{t('form.leave.text')}</p>
        <div className={classes.buttons}>
          <Button color="red.9" onClick={onDiscard}>
            {t('form.leave.discard')}
          </Button>
          <Button variant="default" onClick={onKeep} data-autofocus>
            {t('form.leave.keep')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
