import { type ReactNode, useId } from 'react'
import classes from './page.module.css'

/** Part of a page whose content has its own frame, such as a table. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id} className={classes.sectionTitle}>
        {title}
      </h2>
      {children}
    </section>
  )
}
