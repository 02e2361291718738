import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './page.module.css'

interface PageFrameProps {
  title: string
  /** One message under the title: the purpose of the page. */
  lead?: string
  /** State shown next to the title. */
  badge?: ReactNode
  /** Buttons at the end of the title line. */
  actions?: ReactNode
  /** Back link above the title. */
  above?: ReactNode
  children: ReactNode
}

/** Id of the page title, which receives the focus after a navigation. */
export const PAGE_TITLE_ID = 'page-title'

export function PageFrame({ title, lead, badge, actions, above, children }: PageFrameProps) {
  const { t } = useTranslation()
  useDocumentTitle(t('app.pageTitle', { title }))
  return (
    <div className={classes.page}>
      {above}
      <header className={classes.head}>
        <div className={classes.words}>
          <div className={classes.titleLine}>
            <h1 id={PAGE_TITLE_ID} tabIndex={-1} className={classes.title}>
              {title}
            </h1>
            {badge}
          </div>
          {lead ? <p className={classes.lead}>{lead}</p> : null}
        </div>
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </header>
      {children}
    </div>
  )
}
