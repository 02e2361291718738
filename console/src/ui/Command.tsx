import { CopyButton } from './CopyButton.js'
import classes from './text.module.css'

/** A command line, or lines for a shell, with a button that copies them; `label` says what the button copies. */
export function Command({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.command}>
      <code translate="no">{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  )
}
