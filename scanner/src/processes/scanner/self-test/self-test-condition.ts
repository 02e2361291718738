import type { Logger } from '@guardimesh/kit'
import type { NodeConditionState, NodeConditionWriter } from '@guardimesh/kit/kube/node-condition'

/** True when the self-test fails, like the conditions of the kubelet that name a problem. */
const CONDITION_TYPE = 'MalwareDetectionImpaired'

/** Shows the results of the self-test as a condition of the Kubernetes node. */
export class SelfTestCondition {
  readonly #writer: NodeConditionWriter
  readonly #log: Logger
  /** Writes one after another, so that the condition is not set again after its removal. */
  #written: Promise<void> = Promise.resolve()

  constructor(writer: NodeConditionWriter, log: Logger) {
    this.#writer = writer
    this.#log = log
  }

  /** Sets the condition. The next self-test repeats it, so a failure is only logged. */
  show(failures: ReadonlyMap<string, string>): void {
    this.#queue(() => this.#writer.set(stateOf(failures)))
  }

  /** Removes the condition when the scanner stops. */
  async remove(): Promise<void> {
    this.#queue(() => this.#writer.remove())
    await this.#written
  }

  #queue(write: () => Promise<void>): void {
    this.#written = this.#written.then(write).catch((error: unknown) => {
      this.#log.warn({ error, condition: CONDITION_TYPE }, 'failed to write the condition of the node')
    })
  }
}

/** Creates the condition of a node. */
export async function createSelfTestCondition(nodeName: string, log: Logger): Promise<SelfTestCondition> {
  // Imported only here: the Kubernetes client is large, and a node outside a cluster does not need it.
  const { NodeConditionWriter } = await import('@guardimesh/kit/kube/node-condition')
  return new SelfTestCondition(new NodeConditionWriter({ nodeName, type: CONDITION_TYPE }), log)
}

/** Builds the condition from the reasons by failed part. Pure. */
export function stateOf(failures: ReadonlyMap<string, string>): NodeConditionState {
  if (failures.size === 0) return { status: 'False', reason: 'SelfTestPassed', message: 'Guardimesh detects a canary file on this node' }
  const message = [...failures].map(([part, failure]) => `${part}: ${failure}`).join('; ')
  return { status: 'True', reason: 'SelfTestFailed', message }
}
