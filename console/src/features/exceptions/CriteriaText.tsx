import { EXCEPTION_CRITERIA, type ExceptionCriteria } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Mono } from '../../ui/Mono.js'
import classes from './exceptions.module.css'

/** The given criteria, one per line. */
export function CriteriaText({ criteria }: { criteria: ExceptionCriteria }) {
  const { t } = useTranslation()
  return (
    <ul className={classes.criteria}>
      {EXCEPTION_CRITERIA.map((name) => {
        const text = criteria[name]
        return text === undefined ? null : (
          <li key={name}>
            <span className={classes.criterion}>{t(`exceptions.criterion.${name}.name`)}</span> <Mono text={text} />
          </li>
        )
      })}
    </ul>
  )
}
