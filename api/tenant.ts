// Whose request this is. There is one tenant until access control comes; routes ask here all the same.
import { defaultTenant, type TenantId } from '../workflows/contracts/ids.ts';

export const tenantOf = (): TenantId => defaultTenant;
