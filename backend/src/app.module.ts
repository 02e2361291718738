import type { Logger } from '@guardimesh/kit'
import { type DynamicModule, Module, StandardSchemaSerializerInterceptor } from '@nestjs/common'
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE, Reflector } from '@nestjs/core'
import type { ApiConfig } from './config/api-config.js'
import { firstAdministratorModule } from './features/accounts/first-administrator.module.js'
import { ApiKeysModule } from './features/api-keys/api-keys.module.js'
import { AuditLogModule } from './features/audit/audit-log.module.js'
import { changeHeadersModule } from './features/change-headers/change-headers.module.js'
import { consoleModule } from './features/console/console.module.js'
import { dashboardModule } from './features/dashboard/dashboard.module.js'
import { ExceptionsModule } from './features/exceptions/exceptions.module.js'
import { FindingsModule } from './features/findings/findings.module.js'
import { ImageLayersModule } from './features/image-layers/image-layers.module.js'
import { IncidentsModule } from './features/incidents/incidents.module.js'
import { IngestModule } from './features/ingest/ingest.module.js'
import { InventoryApiModule } from './features/inventory/inventory.module.js'
import { NotificationsModule } from './features/notifications/notifications.module.js'
import { OverviewModule } from './features/overview/overview.module.js'
import { PodLogsModule } from './features/pod-logs/pod-logs.module.js'
import { ruleTrialsModule } from './features/rule-trials/rule-trials.module.js'
import { SavedViewsModule } from './features/saved-views/saved-views.module.js'
import { ScanConfigModule } from './features/scan-config/scan-config.module.js'
import { ScansModule } from './features/scans/scans.module.js'
import { SessionsModule } from './features/sessions/sessions.module.js'
import { signaturesModule } from './features/signatures/signatures.module.js'
import { VersionModule } from './features/version/version.module.js'
import { AuditModule } from './platform/audit/audit.module.js'
import { authModule } from './platform/auth/auth.module.js'
import { ConsoleAddress } from './platform/auth/console-address.js'
import { SessionSettings } from './platform/auth/session-settings.js'
import { DatabaseModule } from './platform/database/database.module.js'
import { EventsModule } from './platform/events/events.module.js'
import { ExportsModule } from './platform/exports/exports.module.js'
import { HealthModule } from './platform/health/health.module.js'
import { ProblemFilter } from './platform/http/problem-filter.js'
import { ValidationPipe } from './platform/http/validation-pipe.js'
import { limitsModule } from './platform/limits/limits.module.js'
import { loggerModule } from './platform/log/logger.module.js'
import { MetricsModule } from './platform/metrics/metrics.module.js'
import { NotifyModule } from './platform/notify/notify.module.js'
import { secretsModule } from './platform/secrets/secrets.module.js'

/** The API process. */
@Module({})
export class AppModule {}

/** The AppModule for one configuration. */
export function appModule(config: ApiConfig, log: Logger): DynamicModule {
  const platform = [
    loggerModule(log),
    MetricsModule,
    DatabaseModule.with({ databaseUrl: config.databaseUrl, applicationName: 'guardimesh api' }),
    secretsModule(config.encryptionKeys),
    NotifyModule,
    AuditModule,
    authModule(new ConsoleAddress(config.publicUrl), new SessionSettings(config.sessions)),
    limitsModule(config.limits),
    EventsModule,
    ExportsModule,
    HealthModule,
  ]
  const signatures = signaturesModule(config.signatureServer)
  const ruleTrials = ruleTrialsModule(signatures)
  const features = [
    firstAdministratorModule({ email: config.firstAdminEmail, passwordFile: config.firstAdminPasswordFile }),
    SessionsModule,
    ApiKeysModule,
    AuditLogModule,
    FindingsModule,
    IncidentsModule,
    ExceptionsModule,
    ScansModule,
    SavedViewsModule,
    InventoryApiModule,
    ImageLayersModule,
    OverviewModule,
    dashboardModule(signatures),
    ScanConfigModule,
    signatures,
    NotificationsModule,
    ruleTrials,
    changeHeadersModule(ruleTrials),
    VersionModule,
    IngestModule,
    PodLogsModule,
    // Last, because it matches every path.
    consoleModule(config.consoleFolder),
  ]
  return {
    module: AppModule,
    imports: [...platform, ...features],
    providers: [
      ProblemFilter,
      { provide: APP_FILTER, useExisting: ProblemFilter },
      { provide: APP_PIPE, useClass: ValidationPipe },
      {
        provide: APP_INTERCEPTOR,
        useFactory: (reflector: Reflector) => new StandardSchemaSerializerInterceptor(reflector),
        inject: [Reflector],
      },
    ],
  }
}
