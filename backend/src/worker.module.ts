import type { Logger } from '@guardimesh/kit'
import { type DynamicModule, Module } from '@nestjs/common'
import type { WorkerConfig } from './config/worker-config.js'
import { HourlyTotalsModule } from './features/dashboard/dashboard.module.js'
import { ReceiverAddresses } from './features/notifications/drivers/receiver-addresses.js'
import { notificationSenderModule } from './features/notifications/notifications.module.js'
import { PlatformAlertsModule } from './features/platform-alerts/platform-alerts.module.js'
import { retentionModule } from './features/retention/retention.module.js'
import { RetroHuntModule } from './features/sightings/sightings.module.js'
import { signatureWatchModule } from './features/signatures/signatures.module.js'
import { TotpEncryptionModule } from './features/two-factor/two-factor.module.js'
import type { DatabaseSettings } from './platform/database/connection-options.js'
import { DatabaseModule } from './platform/database/database.module.js'
import { loggerModule } from './platform/log/logger.module.js'
import { MetricsModule } from './platform/metrics/metrics.module.js'
import { secretsModule } from './platform/secrets/secrets.module.js'

@Module({})
class WorkerModule {}

/** The modules of the worker process. */
export function workerModule(config: WorkerConfig, settings: DatabaseSettings, log: Logger): DynamicModule {
  return {
    module: WorkerModule,
    imports: [
      loggerModule(log),
      MetricsModule,
      DatabaseModule.with(settings),
      secretsModule(config.encryptionKeys),
      retentionModule(config.retentionDays),
      RetroHuntModule,
      TotpEncryptionModule,
      PlatformAlertsModule,
      HourlyTotalsModule,
      signatureWatchModule(config.signatureServer),
      notificationSenderModule(
        config.notificationCaFile,
        new ReceiverAddresses(config.notificationAllowedNetworks, config.kubernetesServiceHost),
      ),
    ],
  }
}
