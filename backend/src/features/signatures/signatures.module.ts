import { type DynamicModule, Module, type Provider } from '@nestjs/common'
import type { SignatureServerAddress } from '../../config/signature-server-config.js'
import { AuditModule } from '../../platform/audit/audit.module.js'
import { InventoryModule } from '../inventory/inventory.module.js'
import { NotificationOutboxModule } from '../notifications/notifications.module.js'
import { SightingsModule } from '../sightings/sightings.module.js'
import { AlertRepository } from './alert.repository.js'
import { AlertChangesService } from './alert-changes.service.js'
import { CachedServerStatus } from './cached-server-status.js'
import { CanaryRepository } from './canary.repository.js'
import { CheckRepository } from './check.repository.js'
import { CustomHashSync } from './custom-hash-sync.js'
import { GoldenSetCheckService } from './golden-set-check.service.js'
import { SignatureChangesController } from './signature-changes.controller.js'
import { SignatureChangesService } from './signature-changes.service.js'
import { SignatureMetrics } from './signature-metrics.js'
import { SignatureServerClient } from './signature-server-client.js'
import { SignatureUploadsController } from './signature-uploads.controller.js'
import { SignatureUploadsService } from './signature-uploads.service.js'
import { SignatureWatchService } from './signature-watch.service.js'
import { SignaturesController } from './signatures.controller.js'
import { SignaturesService } from './signatures.service.js'
import { StalenessRepository } from './staleness.repository.js'

/** Signatures, their distribution and their changes, for the API. */
@Module({})
export class SignaturesModule {}

/** Alerts, for features of the worker that raise them. */
@Module({ imports: [NotificationOutboxModule], providers: [AlertRepository, AlertChangesService], exports: [AlertChangesService] })
export class AlertsModule {}

@Module({})
class SignatureWatchModule {}

/** The SignaturesModule for a signature server; undefined: none is configured. */
export function signaturesModule(address: SignatureServerAddress | undefined): DynamicModule {
  return {
    module: SignaturesModule,
    imports: [InventoryModule, SightingsModule],
    controllers: [SignaturesController, SignatureChangesController, SignatureUploadsController],
    providers: [
      ...sharedProviders(address),
      {
        provide: CachedServerStatus,
        useFactory: (client: SignatureServerClient) => new CachedServerStatus(client),
        inject: [SignatureServerClient],
      },
      SignaturesService,
      SignatureChangesService,
      SignatureUploadsService,
      SignatureMetrics,
      GoldenSetCheckService,
    ],
    exports: [GoldenSetCheckService, SignaturesService],
  }
}

/** Checks of the signature server, for the worker. */
export function signatureWatchModule(address: SignatureServerAddress | undefined): DynamicModule {
  return {
    module: SignatureWatchModule,
    imports: [AuditModule, InventoryModule, SightingsModule, NotificationOutboxModule],
    providers: [...sharedProviders(address), AlertChangesService, CanaryRepository, CheckRepository, CustomHashSync, SignatureWatchService],
    exports: [SignatureWatchService],
  }
}

function sharedProviders(address: SignatureServerAddress | undefined): Provider[] {
  const client = { provide: SignatureServerClient, useFactory: () => new SignatureServerClient(address) }
  return [client, StalenessRepository, AlertRepository]
}
