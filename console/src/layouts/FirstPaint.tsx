import { useTranslation } from 'react-i18next'
import { Mark } from '../ui/Mark.js'
import classes from './layout.module.css'

/** Before anything is known: the mark, so that the page is not blank. */
export function FirstPaint() {
  const { t } = useTranslation()
  return (
    <div className={classes.firstPaint} role="status" aria-label={t('state.loading')}>
      <Mark sizePx={40} />
    </div>
  )
}
