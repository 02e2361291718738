import { useFailureText } from '../table/FailureNotice.js'
import { Callout } from '../ui/Callout.js'

/** What the backend said against a form; nothing while there is no error. */
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
