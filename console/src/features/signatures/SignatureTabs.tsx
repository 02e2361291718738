import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { paths } from '../../path-builder.js'
import classes from './tabs.module.css'

const TABS = [
  { screen: 'overview', to: paths.signatures() },
  { screen: 'nodes', to: paths.signatureNodes() },
  { screen: 'history', to: paths.signatureHistory() },
  { screen: 'import', to: paths.signatureImport() },
  { screen: 'custom', to: paths.signatureCustom() },
  { screen: 'settings', to: paths.signatureSettings() },
] as const

/** Navigation between the signature pages. */
export function SignatureTabs() {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('signatures.screens')} className={classes.tabs}>
      <ul>
        {TABS.map(({ screen, to }) => (
          <li key={screen}>
            <NavLink to={to} end className={classes.tab ?? ''}>
              {t(`signatures.screen.${screen}.tab`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
