import type { ReactNode } from 'react'
import classes from './panel.module.css'

/** List of names and values. Entries whose value is undefined or '' are omitted. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  const shown = facts.filter(([, value]) => value !== undefined && value !== '')
  return (
    <dl className={classes.facts}>
      {shown.map(([name, value]) => (
        <FactLine key={name} name={name} value={value} />
      ))}
    </dl>
  )
}

function FactLine({ name, value }: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
