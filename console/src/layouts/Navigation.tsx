import type { Permission } from '@guardimesh/contracts'
import {
  IconBell,
  IconBox,
  IconChartBar,
  IconEyeOff,
  IconFingerprint,
  IconHistory,
  IconKey,
  IconListDetails,
  IconListSearch,
  IconServer2,
  IconSettings,
  IconShieldExclamation,
  IconShieldOff,
  IconStack2,
  IconUsers,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, NavLink } from 'react-router'
import { isAllowed } from '../api/permissions.js'
import { sessionQuery } from '../api/queries/session.js'
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
      { screen: 'exceptions', to: paths.exceptions(), icon: IconShieldOff },
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
      { screen: 'users', to: paths.users(), icon: IconUsers },
      { screen: 'audit', to: paths.audit(), icon: IconHistory },
    ],
  },
] as const

/** Pages that a user without the permission cannot use; the navigation hides them. */
const NEEDS: Readonly<Partial<Record<string, Permission>>> = {
  notifications: 'notifications:manage',
  users: 'accounts:manage',
  audit: 'audit:read',
}

/** Main navigation. */
export function Navigation({ isOpen }: { isOpen: boolean }) {
  const { t } = useTranslation()
  const keptAddress = useKeptAddress()
  const { data: session } = useQuery(sessionQuery)
  const isShown = (screen: string) => NEEDS[screen] === undefined || isAllowed(session?.account, NEEDS[screen])
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
              {section.links
                .filter(({ screen }) => isShown(screen))
                .map(({ screen, to, icon: Icon }) => (
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
