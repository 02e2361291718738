import { useFailureText } from '../table/FailureNotice.js'
import { Callout } from '../ui/Callout.js'

/** Error of a form submission; renders nothing without an error. */
export function FormProblem({ error }: { error: Error | null }) {
  return error ? <Problem error={error} /> : null
}

function Problem({ error }: { error: Error }) {
  const { title, detail } = useFailureText(error)
  return (
    <Callout role="alert" tone="bad" title={title}>
      {detail}
    </Callout>
  )
}
