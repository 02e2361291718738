import { type DynamicModule, Module } from '@nestjs/common'
import type { SignatureServerAddress } from '../../config/signature-server-config.js'
import { InventoryModule } from '../inventory/inventory.module.js'
import { SignatureServer } from './signature-server.js'
import { SignaturesController } from './signatures.controller.js'

/** What signatures there are, and which nodes have them. */
@Module({})
export class SignaturesModule {}

/** The SignaturesModule for one signature server; undefined: there is none. */
export function signaturesModule(address: SignatureServerAddress | undefined): DynamicModule {
  return {
    module: SignaturesModule,
    imports: [InventoryModule],
    controllers: [SignaturesController],
    providers: [{ provide: SignatureServer, useFactory: () => new SignatureServer(address) }],
  }
}
