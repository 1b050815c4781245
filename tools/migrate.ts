// `npm run migrate`: brings the database that DATABASE_URL (or MIGRATION_DATABASE_URL) names to the newest migration.
import { systemClock } from '../clock.ts';
import { loadConfig } from '../config.ts';
import { migrate } from '../store/migrate.ts';

const { MIGRATION_DATABASE_URL, DATABASE_URL } = await loadConfig(process.env);
const url = MIGRATION_DATABASE_URL ?? DATABASE_URL;
if (url === undefined) {
  process.stderr.write('Set MIGRATION_DATABASE_URL or DATABASE_URL.\n');
  process.exit(2);
}
await migrate({ url, clock: systemClock });
process.stderr.write('The database is at the newest migration.\n');
