// The product behind each account (Products profile); the path of one account has the singular.
import { productOf } from '../data/products.ts';
import { accountResource } from './account-resource.ts';

export const products = accountResource({
  member: 'Product',
  ofOne: 'product',
  ofAll: 'products',
  permissions: [['ReadProducts']],
  bodiesOf: (_call, _consent, account) => [{ AccountId: account.accountId, ...productOf(account) }],
});
