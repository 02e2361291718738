import type { FindingPage } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { FindingAddress } from '../../api/queries/finding-address.js'
import { paths } from '../../path-builder.js'
import { formatCount } from '../../ui/format-number.js'
import classes from './findings.module.css'

interface ExceptedNoteProps {
  excepted: FindingPage['excepted'] | undefined
  filters: FindingAddress
}

/** Number of findings that the list leaves out because they match an exception. */
export function ExceptedNote({ excepted, filters }: ExceptedNoteProps) {
  const { t } = useTranslation()
  if (!excepted || (excepted.total === 0 && !excepted.totalIsMinimum)) return null
  const { total, totalIsMinimum } = excepted
  return (
    <p className={classes.excepted}>
      {t('findings.excepted', { count: total, shown: `${formatCount(total)}${totalIsMinimum ? '+' : ''}` })}{' '}
      <Link to={paths.findings({ ...filters, exception: 'any' })}>{t('findings.showExcepted')}</Link>
    </p>
  )
}
