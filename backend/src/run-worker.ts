import 'reflect-metadata'
import { MINUTE_MS } from '@guardimesh/contracts'
import { GuardError, type ProcessContext, startProbeServer } from '@guardimesh/kit'
import { NestFactory } from '@nestjs/core'
import { Registry } from 'prom-client'
import type { WorkerConfig } from './config/worker-config.js'
import { HourlyTotalsService } from './features/dashboard/hourly-totals.service.js'
import { ChannelEncryptionService } from './features/notifications/channel-encryption.service.js'
import { NotificationSenderService } from './features/notifications/notification-sender.service.js'
import { PlatformWatchService } from './features/platform-alerts/platform-watch.service.js'
import { RetentionService } from './features/retention/retention.service.js'
import { RetroHuntService } from './features/sightings/retro-hunt.service.js'
import { SignatureWatchService } from './features/signatures/signature-watch.service.js'
import { TotpEncryptionService } from './features/two-factor/totp-encryption.service.js'
import { Database } from './platform/database/database.js'
import { JobMetrics } from './platform/jobs/job-metrics.js'
import { JobRunner } from './platform/jobs/job-runner.js'
import { NestLogger } from './platform/log/nest-logger.js'
import { workerModule } from './worker.module.js'

/** Moving rows between partitions and bulk deletes take longer than queries of the console. */
const STATEMENT_TIMEOUT_MS = 10 * MINUTE_MS

/** Runs the worker process until the signal is aborted: partitions, retention, retro-hunt, rollouts of signatures, notifications. */
export async function runWorker({ config, log, signal, resources }: ProcessContext<WorkerConfig>): Promise<void> {
  const settings = { databaseUrl: config.databaseUrl, applicationName: 'guardimesh worker', statementTimeoutMs: STATEMENT_TIMEOUT_MS }
  const app = await NestFactory.createApplicationContext(workerModule(config, settings, log), { logger: new NestLogger(log) })
  resources.defer(() => app.close())
  const metrics = app.get<Registry>(Registry)
  const jobMetrics = new JobMetrics(metrics)
  const runner = new JobRunner({
    settings,
    jobs: [
      ...app.get(RetentionService).jobs(),
      ...app.get(HourlyTotalsService).jobs(),
      ...app.get(RetroHuntService).jobs(),
      ...app.get(ChannelEncryptionService).jobs(),
      ...app.get(TotpEncryptionService).jobs(),
    ],
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
        if (!runner.isRunning) throw new GuardError('DATABASE_UNAVAILABLE', 'the job queue is not running')
      },
    },
  })
  resources.defer(() => void probes.close())
  // Outside the job queue, so that rollouts, alerts and notifications do not wait for a job that takes minutes.
  await Promise.all([
    runner.run(signal),
    watch.run(signal, (run) => jobMetrics.measure('watch-signatures', run)),
    app.get(PlatformWatchService).run(signal, (run) => jobMetrics.measure('watch-platform', run)),
    sender.run(signal, (run) => jobMetrics.measure('send-notifications', run)),
  ])
}
