// Why a registration was refused (RFC 7591 section 3.2.2).

export type RefusalCode =
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  | 'invalid_software_statement'
  | 'unapproved_software_statement';

export class RegistrationRefusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, description: string) {
    super(description);
    this.code = code;
  }
}

export function badMetadata(description: string): RegistrationRefusal {
  return new RegistrationRefusal('invalid_client_metadata', description);
}
