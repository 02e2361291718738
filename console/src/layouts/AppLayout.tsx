import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigation, useNavigationType } from 'react-router'
import { sessionQuery } from '../api/queries/session.js'
import { paths } from '../path-builder.js'
import { QueryState } from '../table/QueryState.js'
import { PAGE_TITLE_ID } from '../ui/PageFrame.js'
import { FirstPaint } from './FirstPaint.js'
import { LogInAgainDialog } from './LogInAgainDialog.js'
import classes from './layout.module.css'
import { Navigation } from './Navigation.js'
import { TopBar } from './TopBar.js'

/**
 * Layout of every page that requires a login. Without a session it redirects to the login page, which returns here.
 * If the session ends meanwhile, a dialog over the page asks for the password, so that no input is lost.
 */
export function AppLayout() {
  const session = useQuery(sessionQuery)
  const location = useLocation()
  if (session.data === null) return <Navigate to={paths.signIn({ returnTo: `${location.pathname}${location.search}` })} replace />
  return (
    <QueryState query={session} skeleton={<FirstPaint />}>
      {(data) => (
        <>
          <Frame />
          {data?.isOver ? <LogInAgainDialog email={data.account.email} /> : null}
        </>
      )}
    </QueryState>
  )
}

function Frame() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const isNavigating = useNavigation().state !== 'idle'
  const [menuOf, setMenuOf] = useState<string | null>(null)
  const isMenuOpen = menuOf === pathname
  useFocusAfterNavigation(pathname)
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main">
        {t('layout.skip')}
      </a>
      <section className={classes.header} aria-label={t('layout.console')}>
        <TopBar isMenuOpen={isMenuOpen} onToggleMenu={() => setMenuOf(isMenuOpen ? null : pathname)} />
        <Navigation isOpen={isMenuOpen} />
      </section>
      <main id="main" tabIndex={-1} className={classes.main} aria-busy={isNavigating}>
        <Outlet />
      </main>
      <ScrollRestoration />
    </div>
  )
}

/** Moves the focus to the page title after a navigation, so that screen readers announce it. Not needed after a page load. */
function useFocusAfterNavigation(pathname: string) {
  const isLoaded = useNavigationType() === 'POP'
  const shown = useRef(isLoaded ? pathname : null)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    document.getElementById(PAGE_TITLE_ID)?.focus({ preventScroll: true })
  }, [pathname])
}
