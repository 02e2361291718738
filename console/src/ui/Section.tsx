import { type ReactNode, useId } from 'react'
import classes from './page.module.css'

/** A part of a screen whose content has a frame of its own, such as a table. */
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
