import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigation, useNavigationType } from 'react-router'
import { sessionQuery } from '../api/queries/session.js'
import { paths } from '../path-builder.js'
import { QueryState } from '../table/QueryState.js'
import { ROW_LINK } from '../table/RowLink.js'
import { PAGE_TITLE_ID } from '../ui/PageFrame.js'
import { FirstPaint } from './FirstPaint.js'
import classes from './layout.module.css'
import { Navigation } from './Navigation.js'
import { TopBar } from './TopBar.js'

/** Layout of every page that requires a login. Without a session it redirects to the login page, which returns here. */
export function AppLayout() {
  const session = useQuery(sessionQuery)
  const location = useLocation()
  const wasLoggedIn = useWasTrue(Boolean(session.data))
  if (session.data === null) {
    const returnTo = `${location.pathname}${location.search}`
    return <Navigate to={paths.signIn({ returnTo, ...(wasLoggedIn ? { ended: 'true' } : {}) })} replace />
  }
  return (
    <QueryState query={session} skeleton={<FirstPaint />}>
      {() => <Frame />}
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

/**
 * Moves the focus to the page title after a navigation, so that screen readers announce it. Not needed after a page load, and not if a list
 * has restored the focus to the row that was opened.
 */
function useFocusAfterNavigation(pathname: string) {
  const isLoaded = useNavigationType() === 'POP'
  const shown = useRef(isLoaded ? pathname : null)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    if (document.activeElement?.matches(ROW_LINK)) return
    document.getElementById(PAGE_TITLE_ID)?.focus({ preventScroll: true })
  }, [pathname])
}

function useWasTrue(isTrue: boolean): boolean {
  const [wasTrue, setWasTrue] = useState(isTrue)
  if (isTrue && !wasTrue) setWasTrue(true)
  return wasTrue
}
