import { Burger } from '@mantine/core'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../path-builder.js'
import { useKeptAddress } from '../table/kept-address.js'
import { Mark } from '../ui/Mark.js'
import classes from './layout.module.css'

interface TopBarProps {
  burgerRef: Ref<HTMLButtonElement>
  isMenuOpen: boolean
  onToggleMenu: () => void
}

/** Header on narrow screens, with a button that opens the navigation. */
export function TopBar({ burgerRef, isMenuOpen, onToggleMenu }: TopBarProps) {
  const { t } = useTranslation()
  const keptAddress = useKeptAddress()
  return (
    <div className={classes.topBar}>
      <Link to={keptAddress(paths.incidents())} className={classes.brand}>
        <Mark sizePx={24} />
        {t('app.name')}
      </Link>
      <Burger
        ref={burgerRef}
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
