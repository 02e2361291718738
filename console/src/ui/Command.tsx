import { CopyButton } from './CopyButton.js'
import classes from './text.module.css'

/** Shell command with a copy button; `label` names the button. */
export function Command({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.command}>
      <code translate="no">{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  )
}
