import { useTranslation } from 'react-i18next'
import { Mark } from '../ui/Mark.js'
import classes from './layout.module.css'

/** Logo shown until the session is known. */
export function FirstPaint() {
  const { t } = useTranslation()
  return (
    <div className={classes.firstPaint} role="status" aria-label={t('state.loading')}>
      <Mark sizePx={40} />
    </div>
  )
}
