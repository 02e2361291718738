import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './page.module.css'

interface PageFrameProps {
  title: string
  /** One sentence under the title: what this screen answers. */
  lead?: string
  /** A state beside the title. */
  badge?: ReactNode
  /** Buttons at the end of the title's line. */
  actions?: ReactNode
  /** A way back, above the title. */
  above?: ReactNode
  children: ReactNode
}

/** The id of every screen's heading: the layout moves the focus there when the screen changes. */
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
