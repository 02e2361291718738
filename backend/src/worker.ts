import 'reflect-metadata'
import { MINUTE_MS } from '@guardimesh/contracts'
import { createLogger, GuardError, runProcess, startProbeServer } from '@guardimesh/kit'
import { NestFactory } from '@nestjs/core'
import { Registry } from 'prom-client'
import { readWorkerConfig } from './config/worker-config.js'
import { NotificationSenderService } from './features/notifications/notification-sender.service.js'
import { RetentionService } from './features/retention/retention.service.js'
import { RetroHuntService } from './features/sightings/retro-hunt.service.js'
import { SignatureWatchService } from './features/signatures/signature-watch.service.js'
import { Database } from './platform/database/database.js'
import { JobMetrics } from './platform/jobs/job-metrics.js'
import { JobRunner } from './platform/jobs/job-runner.js'
import { NestLogger } from './platform/log/nest-logger.js'
import { workerModule } from './worker.module.js'

/** Moving rows between partitions, or deleting many, takes longer than any question of the console. */
const STATEMENT_TIMEOUT_MS = 10 * MINUTE_MS

/** The process that does background work: partitions, retention, sweeping, roll-outs of signatures, notifications. */
const log = createLogger('worker')
await runProcess(log, async (signal) => {
  const config = readWorkerConfig(process.env)
  log.level = config.logLevel
  const settings = { databaseUrl: config.databaseUrl, applicationName: 'guardimesh worker', statementTimeoutMs: STATEMENT_TIMEOUT_MS }
  const app = await NestFactory.createApplicationContext(workerModule(config, settings, log), { logger: new NestLogger(log) })
  const metrics = app.get<Registry>(Registry)
  const jobMetrics = new JobMetrics(metrics)
  const runner = new JobRunner({
    settings,
    jobs: [...app.get(RetentionService).jobs(), ...app.get(RetroHuntService).jobs()],
    log,
    metrics: jobMetrics,
  })
  const watch = app.get(SignatureWatchService)
  const sender = app.get(NotificationSenderService)
  const probes = await startProbeServer({
    address: config.probeAddress,
    metrics,
    readiness: {
      database: () =>
        app
          .get(Database)
          .query('SELECT 1')
          .then(() => undefined),
      jobs: () => {
        if (!runner.isRunning) throw new GuardError('DATABASE_UNAVAILABLE', 'the job queue is not being worked on')
      },
    },
  })
  try {
    // Apart from the queue: roll-outs and messages are not to wait for a job that takes minutes.
    await Promise.all([
      runner.run(signal),
      watch.run(signal, (look) => jobMetrics.measure('watch-signatures', look)),
      sender.run(signal, (look) => jobMetrics.measure('send-notifications', look)),
    ])
  } finally {
    probes.close()
    await app.close()
  }
})
