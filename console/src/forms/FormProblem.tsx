import { isSessionOver } from '../api/errors.js'
import { useFailureText } from '../table/FailureNotice.js'
import { Callout } from '../ui/Callout.js'

/** Error of a form submission; renders nothing without an error. The layout handles the end of the session. */
export function FormProblem({ error }: { error: Error | null }) {
  return error && !isSessionOver(error) ? <Problem error={error} /> : null
}

function Problem({ error }: { error: Error }) {
  const { title, detail } = useFailureText(error)
  return (
    <Callout role="alert" tone="bad" title={title}>
      {detail}
    </Callout>
  )
}
