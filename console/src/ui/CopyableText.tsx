import { CopyButton } from './CopyButton.js'
import { Mono } from './Mono.js'
import classes from './text.module.css'

/** Text of a machine with a button that copies it. */
export function CopyableText({ text, label }: { text: string; label: string }) {
  return (
    <span className={classes.copyable}>
      <Mono text={text} />
      <CopyButton text={text} label={label} />
    </span>
  )
}
