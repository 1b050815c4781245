// Values that a bank tells its third parties only: read from the configuration, for the bank or for its group.
import type { PrivateProperty } from './schema/address.ts';

export interface Owner {
  /** `Hsbc_UkPersonal` */
  name: string;
  /** `Hsbc` */
  group: string;
}

/** As finlabsuk/open-banking-connector names them, whose configuration goes on to work. */
const formerNames: Record<PrivateProperty, string> = {
  IssuerUrl: 'IssuerUrl',
  FinancialId: 'FinancialId',
  BaseUrl: 'PaymentInitiationApi__BaseUrl',
  AccountAndTransactionApiBaseUrl: 'AccountAndTransactionApi__BaseUrl',
  PaymentInitiationApiBaseUrl: 'PaymentInitiationApi__BaseUrl',
};

/** The variables that may have the value: the bank's before its group's, ours before the former. */
export function variablesOf({ name, group }: Owner, property: PrivateProperty): string[] {
  const bank = name.slice(name.indexOf('_') + 1);
  const ours = (owner: string) => `BANK_${owner}_${snakeCase(property)}`;
  const former = (owner: string) =>
    `OpenBankingConnector__BankProfiles__${group}__${owner}__${formerNames[property]}`;
  return [ours(`${group}_${bank}`.toUpperCase()), former(bank), ours(group.toUpperCase()), former('Default')];
}

/** The variable to be set when none is: an organisation is one for all brands, addresses are of one. */
export function variableToSet(owner: Owner, property: PrivateProperty): string {
  const [ofBank = '', , ofGroup = ''] = variablesOf(owner, property);
  return property === 'FinancialId' ? ofGroup : ofBank;
}

/** Nothing private is needed at the sandbox: its bank of the same name knows these values. */
export function simulatedValue({ name, group }: Owner, property: PrivateProperty): string {
  const host = `https://${name.toLowerCase().replaceAll('_', '-')}.example`;
  switch (property) {
    case 'FinancialId':
      return `0015800000${group.toUpperCase().padEnd(8, 'X').slice(0, 8)}`;
    case 'IssuerUrl':
      return host;
    case 'BaseUrl':
      return `${host}/open-banking/v4.0`;
    case 'AccountAndTransactionApiBaseUrl':
      return `${host}/open-banking/v4.0/aisp`;
    case 'PaymentInitiationApiBaseUrl':
      return `${host}/open-banking/v4.0/pisp`;
    default:
      return property satisfies never;
  }
}

function snakeCase(property: string): string {
  return property.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}
