import { Burger } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../path-builder.js'
import { Mark } from '../ui/Mark.js'
import classes from './layout.module.css'

interface TopBarProps {
  isMenuOpen: boolean
  onToggleMenu: () => void
}

/** Header on narrow screens, with a button that opens the navigation. */
export function TopBar({ isMenuOpen, onToggleMenu }: TopBarProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.topBar}>
      <Link to={paths.incidents()} className={classes.brand}>
        <Mark sizePx={24} />
        {t('app.name')}
      </Link>
      <Burger
        opened={isMenuOpen}
        onClick={onToggleMenu}
        size="sm"
        aria-label={t(isMenuOpen ? 'layout.closeMenu' : 'layout.openMenu')}
        aria-expanded={isMenuOpen}
        aria-controls="navigation"
      />
    </div>
  )
}
