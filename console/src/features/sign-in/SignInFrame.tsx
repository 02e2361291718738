import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from '../../ui/Mark.js'
import classes from './sign-in.module.css'

/** Frame of the pages without a login. */
export function SignInFrame({ lead, children }: { lead: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Mark sizePx={36} />
          <div>
            <h1 className={classes.title}>{t('signIn.title')}</h1>
            <p className={classes.lead}>{lead}</p>
          </div>
        </div>
        {children}
      </div>
    </main>
  )
}
