// The ways in which a customer of the storm pays: each family step by step, and those that can be asked for in one request.
import { type FamilyName, familyNames } from './families.ts';

const inOneRequest = ['domestic-payment', 'domestic-scheduled-payment', 'domestic-standing-order'] as const;

export interface Way {
  family: FamilyName;
  /** `POST /payment-journeys`; otherwise each step is the caller's own. */
  isInOneRequest: boolean;
}

export const ways = [
  ...familyNames.map((family): Way => ({ family, isInOneRequest: false })),
  ...inOneRequest.map((family): Way => ({ family, isInOneRequest: true })),
] as [Way, ...Way[]]; // not empty, as seen above

/** What payers do one after the other; they may have to wait before one of them until the storm wants it. */
export const payersSteps = ['consent', 'upload', 'return', 'confirm funds', 'order'] as const;
export type PayersStep = (typeof payersSteps)[number];

export const wayInWords = ({ family, isInOneRequest: isOne }: Way) =>
  isOne ? `${family} in one request` : family;
