import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';

function documentOf(schemas: Parameters<typeof createRoute>[0]['responses']) {
  const app = new OpenAPIHono();
  app.openAPIRegistry.registerPath(createRoute({ method: 'get', path: '/x', responses: schemas }));
  return app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 't', version: '1' } });
}

describe('generated schemas in an OpenAPI document', () => {
  it('are listed as components under their published names, with both versions side by side', () => {
    const bodies = [
      accountInformation.getAccounts.response['v4.0'],
      paymentInitiation.createDomesticPayment.response['v4.0'],
      paymentInitiation.createDomesticPayment.response['v3.1'],
    ];
    const responses = Object.fromEntries(
      bodies.map((schema, index) => [
        200 + index,
        { description: '', content: { 'application/json': { schema } } },
      ]),
    );
    const document = documentOf(responses);
    expect(Object.keys(document.components?.schemas ?? {}).sort()).toEqual([
      'OBReadAccount6',
      'OBWriteDomesticResponse5',
      'OBWriteDomesticResponse5.v3.1',
    ]);
    expect(JSON.stringify(document.paths)).toContain('#/components/schemas/OBReadAccount6"');
  });
});
