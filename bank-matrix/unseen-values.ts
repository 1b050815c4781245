// Values of profiles that the matrix cannot see when they are wrong, each with the reason. The mutation run fails for any
// other value that it does not see, and for one that stands here and is seen.
export interface Unseen {
  /** Of the mutation; a star stands for anything. */
  path: string;
  /** Only these profiles; left out: all. */
  profiles?: RegExp;
  reason: string;
}

export const unseenValues: readonly Unseen[] = [
  {
    path: 'variableRecurringPayments.*',
    reason: 'Variable recurring payments are not offered yet; the matrix gets their column with them.',
  },
  { path: 'grants.domesticVrp.*', reason: 'As above: no mandate is authorised yet.' },
  { path: 'risk.misspelt[variable-recurring-payments]', reason: 'As above: no mandate is sent yet.' },
  { path: 'requests.domesticVrp*', reason: 'As above: no mandate and no payment under one is sent yet.' },
  { path: 'links.*[domesticVrp*]', reason: 'As above: no mandate is answered yet.' },
  { path: 'fundsConfirmation.*', reason: 'No bank of the matrix is known to confirm funds.' },
  { path: 'grants.fundsConfirmation.*', reason: 'As above: no such consent is authorised.' },
  {
    path: 'grants.domesticPayment.refresh.*',
    reason: 'Tokens of a payment are used at once and never refreshed.',
  },
  {
    path: 'issuer',
    profiles: /^Cooperative_/,
    reason: 'Without a discovery document, request objects and ID tokens nobody is told the issuer.',
  },
  {
    path: 'authorisation.strongAuthentication',
    profiles: /^Cooperative_/,
    reason: 'Plain OAuth 2 has no word for how a customer authenticates.',
  },
  {
    path: 'grants.accountAccess.authorisation.reauthorisation',
    profiles: /^Cooperative_/,
    reason:
      'In the matrix our own records know too; test/bank-profiles/odd-banks shows a consent whose history they do not know.',
  },
  {
    path: 'grants.domesticPayment.codeExchange.emptyScope',
    profiles: /^Monzo_/,
    reason:
      'A payment is authorised once, and the bank then answers more scope; it answers none the second time.',
  },
  {
    path: 'discovery.responseModes*',
    profiles: /^Danske_/,
    reason:
      'The document leaves the modes out, and what OpenID Connect Discovery has for that case includes the fragment.',
  },
  {
    path: 'registration.version',
    reason:
      'Versions 3.2, 3.3 and 3.4 of the registration API have the same members for what we ask; test/bank-client shows 3.1.',
  },
];

export function unseen(profile: string, path: string): Unseen | undefined {
  return unseenValues.find(
    (each) => fits(each.path, path) && (each.profiles === undefined || each.profiles.test(profile)),
  );
}

function fits(pattern: string, path: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.[\]]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(path);
}
