import { NodeSignaturesList, SignatureAlertList, SignaturesView } from '@guardimesh/contracts'
import { Controller, Get, SerializeOptions } from '@nestjs/common'
import { RequirePermission } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { SignaturesService } from './signatures.service.js'

@Controller('api/signatures')
@RequirePermission('signatures:read')
export class SignaturesController {
  constructor(private readonly signatures: SignaturesService) {}

  @Operation({
    summary: 'Get the signature status',
    description:
      'Returns the status of the signature server, the number of nodes per loaded generation, and the age of the active generation.',
  })
  @Get()
  @SerializeOptions({ schema: SignaturesView })
  read(): Promise<SignaturesView> {
    return this.signatures.read()
  }

  @Operation({
    summary: 'List signatures of nodes',
    description: 'Returns the loaded generation of each node, its age, and the last generation that the node rejected.',
  })
  @Get('nodes')
  @SerializeOptions({ schema: NodeSignaturesList })
  nodes(): Promise<NodeSignaturesList> {
    return this.signatures.listNodes()
  }

  @Operation({
    summary: 'List signature alerts',
    description: 'Returns up to 200 alerts about signatures: open alerts first, then the most recently resolved.',
  })
  @Get('alerts')
  @SerializeOptions({ schema: SignatureAlertList })
  alerts(): Promise<SignatureAlertList> {
    return this.signatures.listAlerts()
  }
}
