import classes from './text.module.css'

/** Text of a machine: a path, a hash, a command line. Always text, never markup. */
export function Mono({ text, isClamped = false }: { text: string; isClamped?: boolean }) {
  return (
    <span className={isClamped ? `${classes.mono} ${classes.clamp}` : classes.mono} title={isClamped ? text : undefined} translate="no">
      {text}
    </span>
  )
}
