#!/usr/bin/env node
import { runProcess } from '@guardimesh/kit'
import { readScanNowConfig } from './config.js'
import { runScanNow } from './run-scan-now.js'

await runProcess('scan-now', readScanNowConfig, runScanNow)
