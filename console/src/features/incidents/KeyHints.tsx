import { useTranslation } from 'react-i18next'
import classes from './incidents.module.css'

const HINTS = [
  { keys: ['j', 'k'], name: 'move' },
  { keys: ['x'], name: 'select' },
  { keys: ['a'], name: 'assign' },
  { keys: ['e'], name: 'resolve' },
  { keys: ['c'], name: 'comment' },
] as const

/** The shortcuts of the page. */
export function KeyHints({ names }: { names: readonly (typeof HINTS)[number]['name'][] }) {
  const { t } = useTranslation()
  return (
    <ul className={classes.keys} aria-label={t('incidents.keys.title')}>
      {HINTS.filter(({ name }) => names.includes(name)).map(({ keys, name }) => (
        <li key={name}>
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}{' '}
          {t(`incidents.keys.${name}`)}
        </li>
      ))}
    </ul>
  )
}
