import { IconCircleCheckFilled } from '@tabler/icons-react'
import classes from './forms.module.css'

/** Says politely that a form was taken; empty until then, so that screen readers notice the change. */
export function FormDone({ text }: { text: string | undefined }) {
  return (
    <p role="status" className={classes.done}>
      {text ? <IconCircleCheckFilled size={16} aria-hidden /> : null}
      {text}
    </p>
  )
}
