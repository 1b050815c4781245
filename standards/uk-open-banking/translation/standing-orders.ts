// Standing orders (OBReadStandingOrder6): the schedule moves into the mandate, the reference into the remittance.
import { coded } from './codes.ts';
import { inactive, mandateStatusCode, withMandate } from './mandates.ts';
import { agentToVersion4 } from './postal-address.ts';
import { referenceToVersion4 } from './remittance.ts';
import { each, inTurn, isObject, members, type Translate } from './translate.ts';

/** v4.0 closes the object, so that the original goes to the supplementary data. */
const withInactiveAside: Translate = (order) => {
  if (!isObject(order) || order.StandingOrderStatusCode !== inactive) return order;
  const { StandingOrderStatusCode: V3StandingOrderStatusCode, SupplementaryData = {}, ...others } = order;
  if (!isObject(SupplementaryData)) return order;
  return { ...others, SupplementaryData: { ...SupplementaryData, V3StandingOrderStatusCode } };
};

const standingOrder = inTurn(
  withInactiveAside,
  members({ StandingOrderStatusCode: coded(mandateStatusCode), CreditorAgent: agentToVersion4 }),
  withMandate,
  referenceToVersion4,
);

export const standingOrdersToVersion4 = members({ Data: members({ StandingOrder: each(standingOrder) }) });
