// A whole house for the matrix, with whoever plays the customers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../bank-matrix/simulated-banks.ts';
import { addSoftwareStatement } from '../journeys/customer-journeys.ts';
import { type House, openHouse } from '../journeys/house.ts';

export interface MatrixHouse {
  house: House;
  sandbox: Sandbox;
  apiUrl: string;
}

export async function openMatrixHouse(changes: Record<string, string> = {}): Promise<MatrixHouse> {
  const house = await openHouse(changes);
  const { roles } = house.everything;
  const tppDir = roles['sandbox-bank'].addresses.tppDir ?? '';
  const { softwareId, redirectUris } = JSON.parse(readFileSync(join(tppDir, 'tpp.json'), 'utf8'));
  const softwareStatementId = await addSoftwareStatement(house);
  const { control } = house;
  const sandbox = { control, softwareStatementId, softwareId, redirectUris, clients: new Map() };
  return { house, sandbox, apiUrl: roles.api.addresses.api ?? '' };
}
