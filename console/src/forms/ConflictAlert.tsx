import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Callout } from '../ui/Callout.js'
import classes from './forms.module.css'

interface ConflictAlertProps {
  title: string
  text: string
  onOverwrite: () => void
  onTakeLatest: () => void
}

/** Another user saved in the meantime: asks which version to keep. */
export function ConflictAlert({ title, text, onOverwrite, onTakeLatest }: ConflictAlertProps) {
  const { t } = useTranslation()
  return (
    <Callout role="alert" tone="warn" title={title}>
      <p>{text}</p>
      <div className={classes.buttons}>
        <Button size="xs" onClick={onTakeLatest}>
          {t('form.conflict.takeLatest')}
        </Button>
        <Button size="xs" variant="default" onClick={onOverwrite}>
          {t('form.conflict.overwrite')}
        </Button>
      </div>
    </Callout>
  )
}
