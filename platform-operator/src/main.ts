import { runProcess } from '@guardimesh/kit'
import { readOperatorConfig } from './config.js'
import { runOperator } from './run-operator.js'

await runProcess('platform-operator', readOperatorConfig, runOperator)
