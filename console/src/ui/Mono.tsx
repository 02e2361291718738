import classes from './text.module.css'

/** Machine-readable text such as a path, hash or command line. Never rendered as markup. */
export function Mono({ text, isClamped = false }: { text: string; isClamped?: boolean }) {
  return (
    <span className={isClamped ? `${classes.mono} ${classes.clamp}` : classes.mono} title={isClamped ? text : undefined} translate="no">
      {text}
    </span>
  )
}
