import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from '../../forms/forms.module.css'
import { Callout } from '../../ui/Callout.js'

interface ConflictAlertProps {
  onOverwrite: () => void
  onTakeLatest: () => void
}

/** Somebody else saved in the meantime: the person decides whose settings stand. */
export function ConflictAlert({ onOverwrite, onTakeLatest }: ConflictAlertProps) {
  const { t } = useTranslation()
  return (
    <Callout role="alert" tone="warn" title={t('scanConfig.conflict.title')}>
      <p>{t('scanConfig.conflict.text')}</p>
      <div className={classes.buttons}>
        <Button size="xs" onClick={onTakeLatest}>
          {t('scanConfig.conflict.takeLatest')}
        </Button>
        <Button size="xs" variant="default" onClick={onOverwrite}>
          {t('scanConfig.conflict.overwrite')}
        </Button>
      </div>
    </Callout>
  )
}
