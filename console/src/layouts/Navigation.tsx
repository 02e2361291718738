import {
  IconBell,
  IconBox,
  IconChartBar,
  IconEyeOff,
  IconFingerprint,
  IconKey,
  IconListDetails,
  IconListSearch,
  IconServer2,
  IconSettings,
  IconShieldExclamation,
  IconStack2,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink } from 'react-router'
import { paths } from '../path-builder.js'
import { useKeptAddress } from '../table/kept-address.js'
import { Mark } from '../ui/Mark.js'
import { AccountBox } from './AccountBox.js'
import classes from './layout.module.css'

const SECTIONS = [
  {
    name: 'detect',
    links: [
      { screen: 'dashboard', to: paths.dashboard(), icon: IconChartBar },
      { screen: 'incidents', to: paths.incidents(), icon: IconShieldExclamation },
      { screen: 'findings', to: paths.findings(), icon: IconListDetails },
      { screen: 'scans', to: paths.scans(), icon: IconListSearch },
      { screen: 'coverage', to: paths.coverage(), icon: IconEyeOff },
    ],
  },
  {
    name: 'inventory',
    links: [
      { screen: 'nodes', to: paths.nodes(), icon: IconServer2 },
      { screen: 'pods', to: paths.pods(), icon: IconBox },
      { screen: 'images', to: paths.images(), icon: IconStack2 },
      { screen: 'signatures', to: paths.signatures(), icon: IconFingerprint },
    ],
  },
  {
    name: 'manage',
    links: [
      { screen: 'scanConfig', to: paths.scanConfig(), icon: IconSettings },
      { screen: 'notifications', to: paths.notifications(), icon: IconBell },
      { screen: 'apiKeys', to: paths.apiKeys(), icon: IconKey },
    ],
  },
] as const

/** Main navigation. */
export function Navigation({ isOpen }: { isOpen: boolean }) {
  const { t } = useTranslation()
  const keptAddress = useKeptAddress()
  return (
    <div id="navigation" className={classes.side} data-open={isOpen || undefined}>
      <Link to={keptAddress(paths.incidents())} className={`${classes.brand} ${classes.sideBrand}`}>
        <Mark sizePx={26} />
        {t('app.name')}
      </Link>
      <nav aria-label={t('layout.screens')} className={classes.nav}>
        {SECTIONS.map((section) => (
          <div key={section.name}>
            <p className={classes.sectionName}>{t(`layout.section.${section.name}`)}</p>
            <ul className={classes.links}>
              {section.links.map(({ screen, to, icon: Icon }) => (
                <li key={screen}>
                  <NavLink to={keptAddress(to)} className={classes.link ?? ''}>
                    <Icon size={17} stroke={1.7} aria-hidden />
                    {t(`layout.screen.${screen}`)}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <AccountBox />
    </div>
  )
}
