// Who may import whom (docs/architecture.md, "The rooms"). Only imports that survive type stripping count: a type
// may be named anywhere.
const room = (name) => `^${name}/`;
const values = { dependencyTypesNot: ['type-only'] };

/** A room may import values from itself, the listed rooms and the listed packages' rooms, and from no other room. */
const rooms = [
  'standards',
  'bank-profiles',
  'security',
  'bank-client',
  'store',
  'secrets',
  'notifications',
  'workflows',
  'activities',
  'api',
  'temporal',
  'sandbox-bank',
  'bank-matrix',
  'embedded',
  'cli',
  'bench',
  'tools',
  'test',
];

function only(name, allowed, comment) {
  const forbidden = rooms.filter((other) => other !== name && !allowed.includes(other)).map(room);
  return {
    name: `${name}-imports`,
    comment,
    severity: 'error',
    from: { path: room(name) },
    to: { path: [...forbidden, '^config\\.ts$', '^main\\.ts$'], pathNot: exceptions[name] ?? [], ...values },
  };
}

const exceptions = {
  // The published documents are data that nobody here wrote: the bank is judged by them.
  'sandbox-bank': ['^standards/uk-open-banking/published/'],
  activities: ['^workflows/contracts/', '^workflows/failures\\.ts$'],
  // The states that events tell of.
  notifications: ['^workflows/contracts/'],
  api: [
    '^workflows/contracts/',
    '^workflows/failures\\.ts$',
    '^temporal/(client|connection|journeys|search-attributes|codec-endpoint|payload-codec)\\.ts$',
    '^config\\.ts$',
  ],
  workflows: [
    '^standards/uk-open-banking/(statuses|permissions|error-codes|money)\\.ts$',
    '^temporal/search-attributes\\.ts$',
  ],
  store: ['^security/token-encryption\\.ts$'],
  temporal: ['^config\\.ts$'],
  'bank-matrix': ['^config\\.ts$'],
};

export default {
  forbidden: [
    only('standards', [], 'A specification changes when its publisher says so, and depends on none of us.'),
    only(
      'bank-profiles',
      ['standards'],
      'A profile is data about a bank: no network, no store, no Temporal.',
    ),
    only('security', ['standards', 'bank-profiles'], 'Keys and signatures need no network and no records.'),
    only(
      'bank-client',
      ['security', 'standards', 'bank-profiles'],
      'Talking to a bank must not depend on how we keep records.',
    ),
    only(
      'store',
      ['standards'],
      'Records do not know banks; only encryption at rest comes from the security room.',
    ),
    only('secrets', [], 'A secret source is asked by name and knows nothing else.'),
    only('notifications', [], 'Whom to tell, and how, needs the names of states and no journey.'),
    only('workflows', [], 'Workflows are deterministic: no I/O, no zod, no values from rooms that do I/O.'),
    only(
      'activities',
      ['bank-client', 'security', 'store', 'standards', 'bank-profiles', 'secrets', 'notifications'],
      'Activities know contracts and failures, never workflow bodies.',
    ),
    only(
      'api',
      ['standards', 'bank-profiles', 'store', 'security', 'bank-client', 'secrets', 'notifications'],
      'The API starts and signals journeys; it never runs their steps.',
    ),
    only(
      'temporal',
      rooms.filter(
        (name) =>
          !['sandbox-bank', 'bank-matrix', 'test', 'bench', 'cli', 'tools', 'embedded'].includes(name),
      ),
      'Wiring.',
    ),
    only(
      'bank-matrix',
      ['bank-profiles', 'embedded'],
      'The matrix uses the connector as a service does, by its API.',
    ),
    only('sandbox-bank', [], "The bank judges the connector, so it must not share the connector's mistakes."),
    {
      name: 'workflows-are-deterministic',
      comment: 'Node built-ins and zod do not belong in a workflow bundle.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: '^workflows/contracts/' },
      to: { path: '^(node:|zod$|node_modules/zod)', dependencyTypes: ['core', 'npm'], ...values },
    },
    {
      name: 'api-calls-banks-in-one-place',
      comment: 'Reads and authorisation addresses are the only dealings with a bank that no journey drives.',
      severity: 'error',
      from: { path: '^api/', pathNot: '^api/(bank-reads/|server\\.ts$)' },
      to: { path: '^bank-client/', pathNot: '^bank-client/bank-error\\.ts$', ...values },
    },
    {
      name: 'one-reader-of-the-environment',
      comment: 'Configuration is parsed once and passed down.',
      severity: 'error',
      from: {
        pathNot:
          '^(main|config)\\.ts$|^(api/server|temporal/worker)\\.ts$|^(tools|cli|embedded|bank-matrix|test|bench)/',
      },
      to: { path: '^config\\.ts$', ...values },
    },
    {
      name: 'one-importer-of-the-driver',
      comment: 'The Postgres driver can be swapped in one file.',
      severity: 'error',
      from: { pathNot: '^store/(sql|migrate)\\.ts$|^test/' },
      to: { path: 'node_modules/postgres/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, ...values, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|\\.data)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
