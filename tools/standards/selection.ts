// The operations whose bodies get schemas: those of the endpoint catalogue. Add a line here before adding an endpoint.

/** Document name without its version → operations, the same in both versions. */
export const selectedOperations: Readonly<Record<string, readonly string[]>> = {
  'account-info': [
    'POST /account-access-consents',
    'GET /account-access-consents/{ConsentId}',
    'GET /accounts',
    'GET /accounts/{AccountId}',
    'GET /accounts/{AccountId}/balances',
    'GET /balances',
    'GET /accounts/{AccountId}/transactions',
    'GET /transactions',
  ],
  'payment-initiation': [
    'POST /domestic-payment-consents',
    'GET /domestic-payment-consents/{ConsentId}',
    'GET /domestic-payment-consents/{ConsentId}/funds-confirmation',
    'POST /domestic-payments',
    'GET /domestic-payments/{DomesticPaymentId}',
    'GET /domestic-payments/{DomesticPaymentId}/payment-details',
  ],
};
