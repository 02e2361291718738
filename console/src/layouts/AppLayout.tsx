import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigation, useNavigationType } from 'react-router'
import { type ConsoleSession, sessionQuery } from '../api/queries/session.js'
import { paths } from '../path-builder.js'
import { QueryState } from '../table/QueryState.js'
import { ROW_LINK } from '../table/RowLink.js'
import { PAGE_TITLE_ID, PageFrame } from '../ui/PageFrame.js'
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
  if (session.data === undefined && session.errorUpdateCount === 0) return <FirstPaint />
  return (
    <>
      <Frame>{session.data ? <Outlet /> : <NoSession query={session} />}</Frame>
      {session.data?.isOver ? <LogInAgainDialog email={session.data.account.email} /> : null}
    </>
  )
}

/** Shown in place of the page while the session cannot be read. The query is repeated until the backend responds. */
function NoSession({ query }: { query: UseQueryResult<ConsoleSession | null> }) {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('error.notLoaded')}>
      <QueryState query={query}>{() => null}</QueryState>
    </PageFrame>
  )
}

function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const isNavigating = useNavigation().state !== 'idle'
  const [menuOf, setMenuOf] = useState<string | null>(null)
  const isMenuOpen = menuOf === pathname
  const burger = useRef<HTMLButtonElement>(null)
  useFocusAfterNavigation(pathname)
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main" inert={isMenuOpen}>
        {t('layout.skip')}
      </a>
      <section
        className={classes.header}
        aria-label={t('layout.console')}
        onKeyDown={({ key }) => {
          if (!isMenuOpen || key !== 'Escape') return
          setMenuOf(null)
          burger.current?.focus()
        }}
      >
        <TopBar burgerRef={burger} isMenuOpen={isMenuOpen} onToggleMenu={() => setMenuOf(isMenuOpen ? null : pathname)} />
        <Navigation isOpen={isMenuOpen} />
      </section>
      <main id="main" tabIndex={-1} className={classes.main} aria-busy={isNavigating} inert={isMenuOpen}>
        {children}
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
