// Santander: three brands on version 4, and what was before them on version 3.
import { defineGroup } from '../profile.ts';
import { finlabs } from '../sources.ts';
import { apisAt, version3, version4 } from './addresses.ts';

const legacy = 'https://openbanking.santander.co.uk/sanuk/external/open-banking/openid-connect-provider/v1';

const brand = (name: string, segment: string) =>
  ({
    brand: name,
    issuer: `https://${segment}-ob.omni.slz.santander.co.uk`,
    ...apisAt(`https://${segment}-api-ob.omni.slz.santander.co.uk/open-banking`, version4),
    registration: { contentType: 'application/jose', read: true, delete: true },
  }) as const;

export const santander = defineGroup(
  {
    group: 'Santander',
    source: finlabs,
    organisationId: { configured: 'FinancialId' },
    variableRecurringPayments: { consentMigration: true },
    idToken: { subject: 'customer' },
    links: { withoutNewId: ['accountAccessConsent'] },
    requests: {
      domesticVrpConsent: { omit: ['Data.ControlParameters.PSUInteractionTypes'] },
      domesticVrp: { omit: ['Data.PSUInteractionType'] },
    },
    unreliable: ['domesticPayment.debtorIdentification', 'domesticPayment.debtorSchemeName'],
  },
  {
    Santander_Santander: {
      brand: 'Santander (version 3)',
      issuer: `${legacy}/`,
      discovery: { url: `${legacy}/.well-known/openid-configuration` },
      ...apisAt('https://openbanking-ma.santander.co.uk/sanuk/external/open-banking', version3),
      registration: {
        dynamic: false,
        version: '3.2',
        tokenEndpointAuthMethod: 'tls_client_auth',
      },
    },
    Santander_Personal: brand('Santander', 'personal'),
    Santander_Business: brand('Santander Business', 'business'),
    Santander_Corporate: brand('Santander Corporate', 'corporate'),
  },
);
