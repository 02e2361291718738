import { CopyButton, type CopyButtonProps } from './CopyButton.js'
import { Mono } from './Mono.js'
import classes from './text.module.css'

/** Machine-readable text with a copy button. */
export function CopyableText(props: CopyButtonProps) {
  return (
    <span className={classes.copyable}>
      <Mono text={props.text} />
      <CopyButton {...props} />
    </span>
  )
}
