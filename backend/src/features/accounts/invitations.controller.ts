import { AcceptInvitation, InvitationView, ReadInvitation } from '@guardimesh/contracts'
import { Body, Controller, HttpCode, Post, SerializeOptions } from '@nestjs/common'
import { CurrentOrigin, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { Public } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { InvitationsService } from './invitations.service.js'

@Controller('api/invitations')
@Public()
export class InvitationsController {
  constructor(private readonly invitations: InvitationsService) {}

  @Operation({
    summary: 'Read an invitation',
    description: 'Returns the user of an invitation. The token in the body is the credential.',
    errors: ['INVITATION_INVALID', 'DATABASE_UNAVAILABLE'],
  })
  @Post('read')
  @HttpCode(200)
  @SerializeOptions({ schema: InvitationView })
  read(@Body({ schema: ReadInvitation }) { token }: ReadInvitation): Promise<InvitationView> {
    return this.invitations.read(token)
  }

  @Operation({
    summary: 'Accept an invitation',
    description: 'Sets the password of the user. The token becomes invalid; the user logs in afterwards.',
    errors: ['INVITATION_INVALID', 'LOGIN_THROTTLED', 'PASSWORD_UNACCEPTABLE', 'DATABASE_UNAVAILABLE'],
  })
  @Post('accept')
  @HttpCode(204)
  accept(@Body({ schema: AcceptInvitation }) body: AcceptInvitation, @CurrentOrigin() origin: RequestOrigin): Promise<void> {
    return this.invitations.accept(body, origin)
  }
}
