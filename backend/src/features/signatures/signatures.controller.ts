import { NodeSignaturesList, SignatureAlertList, SignaturesView } from '@guardimesh/contracts'
import { Controller, Get, SerializeOptions } from '@nestjs/common'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { SignaturesService } from './signatures.service.js'

@Controller('api/signatures')
@RequireRead('signatures:write')
export class SignaturesController {
  constructor(private readonly signatures: SignaturesService) {}

  @Get()
  @SerializeOptions({ schema: SignaturesView })
  read(): Promise<SignaturesView> {
    return this.signatures.read()
  }

  @Get('nodes')
  @SerializeOptions({ schema: NodeSignaturesList })
  nodes(): Promise<NodeSignaturesList> {
    return this.signatures.listNodes()
  }

  @Get('alerts')
  @SerializeOptions({ schema: SignatureAlertList })
  alerts(): Promise<SignatureAlertList> {
    return this.signatures.listAlerts()
  }
}
