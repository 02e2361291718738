import { IconCircleCheckFilled } from '@tabler/icons-react'
import classes from './forms.module.css'

/** Success message of a form. Rendered empty at first, because screen readers announce only changes of a live region. */
export function FormSuccess({ text }: { text: string | undefined }) {
  return (
    <p role="status" className={classes.done}>
      {text ? <IconCircleCheckFilled size={16} aria-hidden /> : null}
      {text}
    </p>
  )
}
