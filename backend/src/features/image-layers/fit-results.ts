import { type ImageLayerAnswer, MIB_BYTES } from '@guardimesh/contracts'

/** Results in one response: nodes accept responses of 2 MiB, and the largest single result has about 1.4 MiB. */
const RESULTS_MAX_CHARS = MIB_BYTES / 2

type Answer = ImageLayerAnswer['layers'][number]

/** Leaves out results beyond the size of a response, except the first; the node claims those layers again. Pure. */
export function fitResults(answers: readonly Answer[], maxChars = RESULTS_MAX_CHARS): Answer[] {
  let chars = 0
  return answers.map((answer) => {
    if (!answer.result) return answer
    const own = JSON.stringify(answer.result).length
    if (chars > 0 && chars + own > maxChars) return { ...answer, result: null }
    chars += own
    return answer
  })
}
