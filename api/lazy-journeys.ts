// Temporal's client takes longer to load than all the rest of the API, and reads do without it: it is loaded when it is
// first asked for, or a moment after the start.
import type { JourneyClient } from '../temporal/client.ts';

/** @param load called once; when it fails, every call rejects with its failure */
export function lazyJourneys(load: () => Promise<JourneyClient>): JourneyClient & { warmUp(): void } {
  let loaded: Promise<JourneyClient> | undefined;
  const client = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    warmUp: () => void client(),
    registerClient: async (...given) => (await client()).registerClient(...given),
    updateRegistration: async (...given) => (await client()).updateRegistration(...given),
    deleteRegistration: async (...given) => (await client()).deleteRegistration(...given),
    createConsent: async (...given) => (await client()).createConsent(...given),
    completeAuthorisation: async (...given) => (await client()).completeAuthorisation(...given),
    refreshGrant: async (...given) => (await client()).refreshGrant(...given),
    consentReconfirmed: async (...given) => (await client()).consentReconfirmed(...given),
    uploadFile: async (...given) => (await client()).uploadFile(...given),
    deleteConsent: async (...given) => (await client()).deleteConsent(...given),
    submitPayment: async (...given) => (await client()).submitPayment(...given),
    beginPaymentJourney: async (...given) => (await client()).beginPaymentJourney(...given),
    callOffPaymentJourney: async (...given) => (await client()).callOffPaymentJourney(...given),
    chooseBank: async (...given) => (await client()).chooseBank(...given),
    customerRefused: async (...given) => (await client()).customerRefused(...given),
    isReachable: async () => (await client()).isReachable(),
    close: async () => {
      await (await loaded)?.close();
    },
  };
}
